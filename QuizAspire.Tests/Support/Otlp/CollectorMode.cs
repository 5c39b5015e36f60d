namespace QuizAspire.Tests.Support.Otlp;

/// <summary>How a collector treats those that export to it.</summary>
internal enum CollectorMode
{
    /// <summary>Reads, keeps, and says thank you.</summary>
    Good,

    /// <summary>Takes the request and never answers.</summary>
    Hanging,

    /// <summary>500, or gRPC's INTERNAL.</summary>
    Failing,

    /// <summary>503 with a <c>Retry-After</c> of an hour, or gRPC's UNAVAILABLE.</summary>
    Unavailable,

    /// <summary>200, and then a byte of the body now and then, for ever.</summary>
    SlowDrip,

    /// <summary>200, and then as many bytes as are taken, for ever.</summary>
    EndlessBody,

    /// <summary>307 to another path of this collector.</summary>
    Redirecting,

    /// <summary>Closes the connection in the place of an answer.</summary>
    Closing,

    /// <summary>200 and a body that is no protobuf.</summary>
    Nonsense,
}
