using System.Diagnostics;

namespace Standins.Tests.Lambda;

/// <summary>A test that asks the emulator with AWS's own client for Python; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BotoFactAttribute : FactAttribute
{
    public const string Script = """
        import boto3, json, sys
        from botocore.config import Config
        client = boto3.client("lambda", endpoint_url=sys.argv[1], region_name="us-west-1", config=Config(retries={"max_attempts": 0}))
        def event(body): return json.dumps({"Records": [{"messageId": "m", "body": body, "attributes": {}}]})
        def invoke(payload, name="f", **options):
            answer = client.invoke(FunctionName=name, Payload=payload, **options)
            body = answer["Payload"].read().decode()
            return answer["StatusCode"], answer.get("FunctionError"), json.loads(body).get("errorType", body) if body else ""
        print(*invoke(event("ok")))
        print(*invoke(event("throw")))
        print(*invoke(event("hang")))
        print(*invoke(event("ok"), InvocationType="Event")[:2])
        print(*invoke(event("ok"), InvocationType="DryRun")[:2])
        for payload, name in ((event("ok"), "g"), ('"' + "x" * 6291456 + '"', "f"), ("{", "f")):
            try:
                print(*invoke(payload, name))
            except client.exceptions.ClientError as error:
                print(type(error).__name__, error.response["ResponseMetadata"]["HTTPStatusCode"])
        """;

    public BotoFactAttribute()
    {
        if (!HasBoto())
            Skip = "python3 with boto3 is not installed";
    }

    private static bool HasBoto()
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["-c", "import boto3"]) { RedirectStandardError = true })!;
            python.WaitForExit();
            return python.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
