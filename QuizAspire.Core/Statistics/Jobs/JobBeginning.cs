namespace QuizAspire.Core.Statistics.Jobs;

/// <summary>What <see cref="StatisticsJobStore.BeginAsync"/> found.</summary>
public enum JobBeginning
{
    Begun,

    /// <summary>The statistics are there: an earlier delivery of the message wrote them.</summary>
    ResultWritten,

    /// <summary>The id is another sheet's, which nothing is allowed to overwrite.</summary>
    AnotherJob,
}
