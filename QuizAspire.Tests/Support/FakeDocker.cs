using System.Diagnostics;

namespace QuizAspire.Tests.Support;

/// <summary>
/// A program named docker that writes down how it is called, and runs moto in place of any image: with the outputs that moto 5.2 forgets
/// of a stack made by change set, which LocalStack and AWS have.
/// </summary>
internal sealed class FakeDocker
{
    private const string Script = """
        #!/usr/bin/env python3
        import os, re, sys

        directory = os.path.dirname(os.path.abspath(__file__))

        def note(file, line):
            with open(os.path.join(directory, file), "a") as notes:
                notes.write(line + "\n")

        call = " ".join(sys.argv[1:])
        if sys.argv[1] == "run":
            call += " (token given)" if os.environ.get("LOCALSTACK_AUTH_TOKEN") else " (token missing)"
        note("calls", call)

        if sys.argv[1] == "version":
            print("28.0.0")
        elif sys.argv[1] == "rm":
            print("Error response from daemon: No such container: " + sys.argv[3], file=sys.stderr)
            sys.exit(1)
        else:
            from moto.cloudformation.models import CloudFormationBackend
            from moto.server import DomainDispatcherApplication, create_backend_app
            from werkzeug.serving import run_simple

            execute = CloudFormationBackend.execute_change_set

            def execute_with_outputs(self, *arguments, **named):
                execute(self, *arguments, **named)
                for stack in self.stacks.values():
                    stack._parse_template()
                    stack.output_map = stack._create_output_map()

            CloudFormationBackend.execute_change_set = execute_with_outputs
            moto = DomainDispatcherApplication(create_backend_app)
            keys = set()

            def localstack(environ, start_response):
                if environ["PATH_INFO"] == "/_localstack/health":
                    start_response("200 OK", [("Content-Type", "application/json")])
                    return [b"{}"]
                for key in re.findall("Credential=([^/]+)/", environ.get("HTTP_AUTHORIZATION", "")):
                    if key not in keys:
                        keys.add(key)
                        note("keys", key)
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

    /// <summary>Runs a container, whose service listens on the port.</summary>
    public Process Run(int port)
    {
        var process = Process.Start(new ProcessStartInfo(Path.Combine(_directory, "docker"), ["run", "-p", $"127.0.0.1:{port}:4566", "any"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        // Its line for each request is for nobody, but unread they would fill the pipe and stop it.
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>A line for each call, in their order.</summary>
    public Task<string[]> CallsAsync() => File.ReadAllLinesAsync(Path.Combine(_directory, "calls"));

    /// <summary>The access keys that requests to the service were signed with.</summary>
    public Task<string[]> AccessKeysAsync() => File.ReadAllLinesAsync(Path.Combine(_directory, "keys"));
}
