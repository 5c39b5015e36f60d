using System.Diagnostics;

namespace QuizAspire.Tests.Support;

/// <summary>A program named docker that writes down how it is called, and runs moto in place of any image.</summary>
internal sealed class FakeDocker
{
    private const string Script = """
        #!/usr/bin/env python3
        import os, sys

        note = " ".join(sys.argv[1:])
        if sys.argv[1] == "run":
            note += " (token given)" if os.environ.get("LOCALSTACK_AUTH_TOKEN") else " (token missing)"
        with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "calls"), "a") as calls:
            calls.write(note + "\n")

        if sys.argv[1] == "version":
            print("28.0.0")
        elif sys.argv[1] == "rm":
            print("Error response from daemon: No such container: " + sys.argv[3], file=sys.stderr)
            sys.exit(1)
        else:
            from moto.server import DomainDispatcherApplication, create_backend_app
            from werkzeug.serving import run_simple

            moto = DomainDispatcherApplication(create_backend_app)

            def localstack(environ, start_response):
                if environ["PATH_INFO"] == "/_localstack/health":
                    start_response("200 OK", [("Content-Type", "application/json")])
                    return [b"{}"]
                return moto(environ, start_response)

            port = int(sys.argv[sys.argv.index("-p") + 1].split(":")[1])
            run_simple("127.0.0.1", port, localstack, threaded=True)
        """;

    private readonly string _directory;

    private FakeDocker(string directory) => _directory = directory;

    /// <param name="directory">For the PATH.</param>
    /// <param name="script">What it does instead.</param>
    public static FakeDocker Install(string directory, string script = Script)
    {
        var path = Path.Combine(directory, "docker");
        File.WriteAllText(path, script + "\n");
        using var chmod = Process.Start("chmod", ["+x", path]);
        chmod.WaitForExit();
        return new FakeDocker(directory);
    }

    /// <summary>A line for each call, in their order.</summary>
    public Task<string[]> CallsAsync() => File.ReadAllLinesAsync(Path.Combine(_directory, "calls"));
}
