using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Protos;

namespace Aspire.Hosting.Dashboard;

internal static class CommandReplies
{
    public const int Succeeded = 1;
    public const int Failed = 2;
    public const int Cancelled = 3;

    public static CommandReply From(ExecuteCommandResult result)
    {
        var reply = new CommandReply
        {
            Kind = result.Canceled ? Cancelled : result.Success ? Succeeded : Failed,
            Message = result.Message ?? "",
        };
        if (result.Data is { } data)
            reply.Result = new CommandData { Value = data.Value, Format = ToNumber(data.Format), DisplayImmediately = data.DisplayImmediately };
        return reply;
    }

    private static int ToNumber(CommandResultFormat format) => format switch
    {
        CommandResultFormat.Text => 1,
        CommandResultFormat.Json => 2,
        CommandResultFormat.Markdown => 3,
        _ => 0,
    };
}
