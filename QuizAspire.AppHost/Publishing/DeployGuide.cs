using QuizAspire.AppHost.Infrastructure;

namespace QuizAspire.AppHost.Publishing;

/// <summary>DEPLOY.md: the commands that deploy this very publication.</summary>
internal static class DeployGuide
{
    public const string Name = "DEPLOY.md";
    private const string AssetsBucket = "AssetsBucket";

    /// <param name="code">Files of code, with the keys under which the template expects them in a bucket.</param>
    /// <param name="values">All parameters of the template.</param>
    public static string Content(
        string stack, IReadOnlyList<(string File, string Key)> code, IReadOnlyDictionary<string, string> values, PublishOptions options)
    {
        var bucket = values.GetValueOrDefault(AssetsBucket, "");
        return $"""
            # Deploying {stack}

            Published for {options.Architecture}. The commands need an AWS account, its credentials and a region in the environment, such as
            `export AWS_PROFILE=quiz AWS_REGION=us-west-1 AWS_DEFAULT_REGION=us-west-1` (version 1 of the AWS CLI knows the last name only). They may be
            repeated: what has not changed stays as it is.

            | file | what it is |
            |---|---|
            | `{stack}.template.json` | the CloudFormation template |
            {Lines(code.Select(asset => $"| `{asset.File}` | code of functions, `{asset.Key}` in a bucket |"))}
            | `{ParametersFile.Name}` | the value of each of the template's parameters |
            | `manifest.json`, `{stack}.assets.json`, `cdk.out` | the same for the CDK's command line |
            | `{OutputDirectory.ListFile}` | the hash of every file: `sha256sum --check {OutputDirectory.ListFile}` |

            ## With the CDK's command line

            In `tools/` of the repository, after `npm ci` there; DIR is the path of this directory.

            ```sh
            npx cdk bootstrap --app DIR       # once for an account and region
            npx cdk diff --app DIR            # what would change
            npx cdk deploy --app DIR{Given(options.Parameters)}
            ```

            It asks before it widens permissions. It does not read `{ParametersFile.Name}`: a parameter is given with `--parameters NAME=VALUE`,
            and keeps its value when it is not given again. A stack that was deployed as
            described below keeps its bucket too, to which the CDK copies no code: give it `--parameters {AssetsBucket}=` once.

            ## With the AWS command line alone

            In this directory. The bucket must be in the region of the deployment and may hold other things.

            ```sh
            BUCKET={(bucket.Length > 0 ? bucket : "choose-a-name")}
            aws s3 mb "s3://$BUCKET"          # once
            {Lines(code.Select(asset => $"aws s3 cp {asset.File} \"s3://$BUCKET/{asset.Key}\""))}
            aws cloudformation deploy --stack-name {stack} --template-file {stack}.template.json --s3-bucket "$BUCKET" \
              --capabilities CAPABILITY_NAMED_IAM --tags {string.Join(' ', StackTags.All.Select(tag => $"{tag.Key}={tag.Value}"))} \
              --parameter-overrides {Overrides(bucket)}
            aws cloudformation describe-stacks --stack-name {stack} --query 'Stacks[0].Outputs' --output table
            ```

            Other values for parameters: publish again with `--parameter NAME=VALUE`, once for each{(bucket.Length > 0 ? "" : $" ({AssetsBucket} too)")}.
            `--no-execute-changeset` shows what would change and changes nothing.

            ## Update, roll back, tear down

            - Update: publish the new version and deploy it in the same way. Code is stored under its hash, so what runs is never overwritten.
            - Roll back: deploy the publication of the earlier version. A deployment that fails is rolled back by CloudFormation itself.
            - A first deployment that fails: its reasons are in the stack's events. CloudFormation takes back what it made but for the tables, whose names
              are then taken: switch off their deletion protection and delete them, and the stack with `delete-stack`, before the next attempt. With
              `--disable-rollback` (`--no-rollback` of the CDK) nothing is taken back, and the same command goes on where it failed.
            - Tear down: `aws cloudformation delete-stack --stack-name {stack}`. Tables, buckets and the queues of submissions stay with their data, and
              are deleted by hand. Until they are, their names are taken: `docs/operations.md` says how to deploy again beside them.

            `docs/operations.md` of the repository says more about each, and what it costs.

            """.ReplaceLineEndings("\n");
    }

    private static string Overrides(string bucket) => bucket.Length > 0
        ? $"file://{ParametersFile.Name}"
        : $"\"$(sed \"s/{AssetsBucket}=/{AssetsBucket}=$BUCKET/\" {ParametersFile.Name})\"";

    private static string Given(IReadOnlyDictionary<string, string> parameters) =>
        string.Concat(
            from parameter in parameters
            where parameter.Key != AssetsBucket
            select $" --parameters {Quoted($"{parameter.Key}={parameter.Value}")}");

    private static string Quoted(string argument) => $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);
}
