namespace Aspire.Hosting.AWS.Lambda;

/// <summary>
/// The real one chooses log format and level with types of AWSSDK.Lambda; here a function logs as text from level INFO, which are its defaults.
/// </summary>
public class LambdaFunctionOptions;
