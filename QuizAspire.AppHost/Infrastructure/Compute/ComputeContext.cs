using QuizAspire.AppHost.Infrastructure.Resources;

namespace QuizAspire.AppHost.Infrastructure.Compute;

/// <summary>What every function is made with.</summary>
internal sealed record ComputeContext(ResourceParameters ResourceParameters, ComputeParameters Parameters, QuizResources Resources, CodePackages Code,
    TelemetryExport Telemetry);
