using Amazon.Lambda.Core;

namespace Amazon.Lambda.AspNetCoreServer.Hosting;

public class HostingOptions
{
    /// <summary>Reads events and writes answers when no serializer is given otherwise.</summary>
    public ILambdaSerializer? Serializer { get; set; }
}
