using Polly.Timeout;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>30 seconds, unless changed.</summary>
public class HttpTimeoutStrategyOptions : TimeoutStrategyOptions;
