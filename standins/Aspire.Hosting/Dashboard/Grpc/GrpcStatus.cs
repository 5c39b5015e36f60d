namespace Aspire.Hosting.Dashboard.Grpc;

/// <summary>The status codes of the gRPC specification that this server sends.</summary>
internal enum GrpcStatus
{
    Ok = 0,
    Cancelled = 1,
    DeadlineExceeded = 4,
    NotFound = 5,
    ResourceExhausted = 8,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
    Unauthenticated = 16,
}

/// <summary>Ends a call with a status other than OK.</summary>
internal sealed class GrpcException(GrpcStatus status, string message) : Exception(message)
{
    public GrpcStatus Status { get; } = status;
}
