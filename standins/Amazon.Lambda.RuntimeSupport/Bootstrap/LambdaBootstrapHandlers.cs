namespace Amazon.Lambda.RuntimeSupport;

public delegate Task<InvocationResponse> LambdaBootstrapHandler(InvocationRequest invocation);

/// <summary>Runs before the first invocation is asked for. False ends the bootstrap without an error.</summary>
public delegate Task<bool> LambdaBootstrapInitializer();
