using System.Reflection;

namespace Aspire.Hosting.AWS.Lambda;

/// <summary>
/// The command line that the real package hands to the dotnet tool <c>lambda-test-tool</c>; here it goes to the executable built beside this
/// assembly.
/// </summary>
internal static class LambdaTestTool
{
    private static readonly string Path = typeof(LambdaTestTool).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(metadata => metadata.Key == "LambdaTestToolPath").Value!;

    public static void AddArguments(IList<object> arguments, params string[] more)
    {
        foreach (var argument in (string[])["exec", Path, "start", "--no-launch-window", .. more])
            arguments.Add(argument);
    }
}
