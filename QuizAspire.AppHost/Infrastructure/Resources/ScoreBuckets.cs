using Amazon.CDK;
using Amazon.CDK.AWS.S3;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure.Resources;

/// <summary>Score sheets as teachers send them, and the statistics made of them.</summary>
internal sealed class ScoreBuckets(Construct scope, RemovalPolicy data)
{
    public CfnBucket RawScores { get; } = OpenToUploads(Bucket(scope, "RawScoresBucket", "quiz-raw-scores", data));

    public CfnBucket Statistics { get; } = Bucket(scope, "StatisticsBucket", "quiz-statistics", data);

    /// <summary>
    /// A page uploads a large sheet part by part to addresses that the API has signed. The signature is the authority, whatever page it is; of the
    /// answer the page needs the part's ETag.
    /// </summary>
    private static CfnBucket OpenToUploads(CfnBucket bucket)
    {
        bucket.CorsConfiguration = new CfnBucket.CorsConfigurationProperty
        {
            CorsRules = new[]
            {
                new CfnBucket.CorsRuleProperty
                {
                    Id = "upload-parts",
                    AllowedMethods = ["PUT"],
                    AllowedOrigins = ["*"],
                    AllowedHeaders = ["*"],
                    ExposedHeaders = ["ETag"],
                    MaxAge = 3600,
                },
            },
        };
        return bucket;
    }

    private static CfnBucket Bucket(Construct scope, string id, string name, RemovalPolicy data)
    {
        var bucket = new CfnBucket(scope, id, new CfnBucketProps
        {
            // A bucket's name is taken for the whole world.
            BucketName = Fn.Sub($"{name}-${{AWS::AccountId}}-${{AWS::Region}}"),
            BucketEncryption = new CfnBucket.BucketEncryptionProperty
            {
                ServerSideEncryptionConfiguration = new[]
                {
                    new CfnBucket.ServerSideEncryptionRuleProperty
                    {
                        ServerSideEncryptionByDefault = new CfnBucket.ServerSideEncryptionByDefaultProperty { SseAlgorithm = "AES256" },
                    },
                },
            },
            PublicAccessBlockConfiguration = new CfnBucket.PublicAccessBlockConfigurationProperty
            {
                BlockPublicAcls = true,
                BlockPublicPolicy = true,
                IgnorePublicAcls = true,
                RestrictPublicBuckets = true,
            },
            OwnershipControls = new CfnBucket.OwnershipControlsProperty
            {
                Rules = new[] { new CfnBucket.OwnershipControlsRuleProperty { ObjectOwnership = "BucketOwnerEnforced" } },
            },
            LifecycleConfiguration = new CfnBucket.LifecycleConfigurationProperty
            {
                Rules = new[]
                {
                    // The parts of an upload that was broken off cost as much as an object, and no listing shows them.
                    new CfnBucket.RuleProperty
                    {
                        Id = "abort-incomplete-uploads",
                        Status = "Enabled",
                        AbortIncompleteMultipartUpload = new CfnBucket.AbortIncompleteMultipartUploadProperty { DaysAfterInitiation = 1 },
                    },
                },
            },
        });
        bucket.ApplyDataPolicy(data);
        _ = new CfnBucketPolicy(scope, $"{id}Policy", new CfnBucketPolicyProps
        {
            Bucket = bucket.Ref,
            PolicyDocument = SecureTransport.Policy(SecureTransport.Only("s3:*", bucket.AttrArn, $"{bucket.AttrArn}/*")),
        });
        return bucket;
    }
}
