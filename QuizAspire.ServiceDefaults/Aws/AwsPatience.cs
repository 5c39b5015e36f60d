namespace QuizAspire.ServiceDefaults.Aws;

/// <summary>How long a caller of AWS can wait, which only the caller knows.</summary>
/// <param name="AttemptTimeout">Of one attempt, until the answer begins; the SDK's own limit of 100 s helps nobody.</param>
/// <param name="Retries">Attempts after the first.</param>
public sealed record AwsPatience(TimeSpan AttemptTimeout, int Retries);
