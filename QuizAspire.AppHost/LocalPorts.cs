using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using QuizAspire.AppHost.Backends;

namespace QuizAspire.AppHost;

/// <summary>The loopback ports of a local run.</summary>
internal sealed record LocalPorts(int Dashboard, int Api, int SqsSnsS3, int DynamoDb)
{
    /// <summary>Fixed, so that the README's commands work as printed.</summary>
    public static readonly LocalPorts Default = new(Dashboard: 15080, Api: 5080, SqsSnsS3: 4566, DynamoDb: 8000);

    /// <param name="except">Ports that are given to something already.</param>
    public static LocalPorts Random(params int[] except)
    {
        var ports = new HashSet<int>();
        while (ports.Count < 4)
            if (Free() is var port && !except.Contains(port))
                ports.Add(port);
        return ports.ToArray() is [var dashboard, var api, var sqsSnsS3, var dynamoDb] ? new(dashboard, api, sqsSnsS3, dynamoDb) : Default;
    }

    /// <summary>
    /// A free port below the range that operating systems give to outgoing connections: one of those could be taken again
    /// between this look and the moment the server binds it.
    /// </summary>
    public static int Free()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(20_000, 32_000);
            if (IsFree(port))
                return port;
        }
    }

    public string ApiUrl => $"http://127.0.0.1:{Api}";

    /// <summary>
    /// The dashboard's address, in the settings that Aspire reads from the command line. Plain http, because nothing leaves this machine.
    /// </summary>
    public IEnumerable<string> DashboardSettings => [$"--ASPNETCORE_URLS=http://127.0.0.1:{Dashboard}", "--ASPIRE_ALLOW_UNSECURED_TRANSPORT=true"];

    /// <exception cref="LaunchException">Something else listens on one of them.</exception>
    public void RequireFree(AwsMode mode)
    {
        if (Taken(mode) is { Count: > 0 } taken)
            throw new LaunchException(string.Join(Environment.NewLine, taken));
    }

    /// <summary>One line for each port that something else listens on already, naming it and the option that moves it.</summary>
    public IReadOnlyList<string> Taken(AwsMode mode)
    {
        (string What, int Port, string Option)[] ports =
        [
            ("the dashboard", Dashboard, "--dashboard-port"),
            ("the API", Api, "--api-port"),
            .. mode == AwsMode.Embedded ? Emulators : [],
        ];
        // The port of LocalStack may still be held by the container of a run that was killed, which is removed first.
        var given = ports.Select(port => (port.What, port.Port));
        if (mode == AwsMode.LocalStack)
            given = given.Append(("LocalStack", SqsSnsS3));
        return
        [
            .. from port in ports
               where !IsFree(port.Port)
               select $"Port {port.Port} for {port.What} is taken: stop what listens there, choose another with {port.Option} N, " +
                      "or let all be chosen with --ports random.",
            .. from port in given
               group port by port.Port into same
               where same.Count() > 1
               select $"Port {same.Key} is given to {string.Join(" and ", same.Select(port => port.What))}: each needs its own.",
        ];
    }

    private (string What, int Port, string Option)[] Emulators =>
    [
        ("the SQS, SNS and S3 emulator", SqsSnsS3, "--sqs-sns-s3-port"),
        ("the DynamoDB emulator", DynamoDb, "--dynamodb-port"),
    ];

    public static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        // Without this, Linux calls a port taken whose last connections are only waiting to be forgotten.
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, !OperatingSystem.IsWindows());
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
