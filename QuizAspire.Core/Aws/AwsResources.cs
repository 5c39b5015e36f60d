namespace QuizAspire.Core.Aws;

/// <summary>
/// Names of the stack's resources, from the configuration keys <c>AWS:Resources:*</c> that Aspire's AWS integration sets.
/// A name is looked up when it is first asked for, so each program needs only those that it uses.
/// </summary>
public sealed class AwsResources
{
    public const string Section = "AWS:Resources";

    private readonly Func<string, string?> _lookup;

    /// <param name="lookup">Value of a configuration key such as <c>AWS:Resources:SqsQueueUrl</c>, or null.</param>
    public AwsResources(Func<string, string?> lookup) => _lookup = lookup;

    /// <summary>For programs without a configuration system: a section's separator is written <c>__</c> in the environment.</summary>
    public static AwsResources FromEnvironment() =>
        new(key => Environment.GetEnvironmentVariable(key.Replace(":", "__", StringComparison.Ordinal)));

    public string SqsQueueUrl => Required(nameof(SqsQueueUrl));

    /// <summary>The queue of dead submissions.</summary>
    public string DlqUrl => Required(nameof(DlqUrl));

    public string StatisticsRequestsQueueUrl => Required(nameof(StatisticsRequestsQueueUrl));

    public string StatisticsRequestsDlqUrl => Required(nameof(StatisticsRequestsDlqUrl));

    public string StatisticsCompletedQueueUrl => Required(nameof(StatisticsCompletedQueueUrl));

    public string StatisticsCompletedDlqUrl => Required(nameof(StatisticsCompletedDlqUrl));

    /// <summary>The bucket of score sheets.</summary>
    public string RawScoresBucketName => Required(nameof(RawScoresBucketName));

    /// <summary>The bucket of what was computed from them.</summary>
    public string StatisticsBucketName => Required(nameof(StatisticsBucketName));

    /// <summary>The topic of finished statistics.</summary>
    public string StatisticsTopicArn => Required(nameof(StatisticsTopicArn));

    /// <summary>The table of statistics jobs, and of the requests that they were accepted by.</summary>
    public string StatisticsJobsTableName => Required(nameof(StatisticsJobsTableName));

    /// <summary>The topic of alerts.</summary>
    public string SnsTopicArn => Required(nameof(SnsTopicArn));

    /// <summary>The table of what the health check last told.</summary>
    public string HealthStateTableName => Required(nameof(HealthStateTableName));

    /// <summary>The table of results.</summary>
    public string DynamodbTableName => Required(nameof(DynamodbTableName));

    public string QuizzesTableName => Required(nameof(QuizzesTableName));

    /// <summary>The table of accepted submissions.</summary>
    public string SubmissionsTableName => Required(nameof(SubmissionsTableName));

    private string Required(string name)
    {
        var value = _lookup($"{Section}:{name}");
        return string.IsNullOrWhiteSpace(value)
            ? throw new MissingResourceException(name)
            : value;
    }
}
