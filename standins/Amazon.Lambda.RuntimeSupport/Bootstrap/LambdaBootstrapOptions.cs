namespace Amazon.Lambda.RuntimeSupport.Bootstrap;

public class LambdaBootstrapOptions
{
    /// <summary>Host, port and path of the Runtime API, without a scheme; <c>AWS_LAMBDA_RUNTIME_API</c> when not set.</summary>
    public string RuntimeApiEndpoint { get; set; }
}
