using QuizAspire.AppHost.Embedded.Templates;

namespace QuizAspire.AppHost.Embedded.Provisioning;

/// <summary>Where the emulators listen, and what follows from it.</summary>
internal sealed record EmulatorAddresses(int SqsSnsS3Port, int DynamoDbPort)
{
    /// <summary>By address, not by name: with <c>localhost</c> the S3 client would look for a host named after the bucket.</summary>
    public string SqsSnsS3 => $"http://127.0.0.1:{SqsSnsS3Port}";

    public string DynamoDb => $"http://127.0.0.1:{DynamoDbPort}";

    public string QueueUrl(string name) => $"{SqsSnsS3}/{PseudoParameters.AccountId}/{name}";

    /// <summary>The emulator of a resource type, by the name that it has in the dashboard and by its address.</summary>
    public string Emulator(string resourceType) => resourceType.StartsWith("AWS::DynamoDB::", StringComparison.Ordinal)
        ? $"The emulator {ResourceNames.DynamoDb} ({DynamoDb})"
        : $"The emulator {ResourceNames.SqsSnsS3} ({SqsSnsS3})";

    public static string Arn(string service, string resource) =>
        $"arn:aws:{service}:{PseudoParameters.Region}:{PseudoParameters.AccountId}:{resource}";
}
