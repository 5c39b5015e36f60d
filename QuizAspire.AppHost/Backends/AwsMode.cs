namespace QuizAspire.AppHost.Backends;

/// <summary>Where a run has its AWS.</summary>
internal enum AwsMode
{
    /// <summary>The emulators that npm installs, provisioned by AppHost itself.</summary>
    Embedded,

    /// <summary>Any endpoint that speaks CloudFormation, given by its URL.</summary>
    Endpoint,

    /// <summary>The developer's account.</summary>
    Account,

    /// <summary>LocalStack in a container that AppHost starts.</summary>
    LocalStack,
}
