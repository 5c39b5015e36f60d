using QuizAspire.AppHost.Embedded.Templates;

namespace QuizAspire.AppHost.Embedded.Provisioning;

/// <summary>Where the emulators listen, and what follows from it.</summary>
internal sealed record EmulatorAddresses(int SqsSnsS3Port, int DynamoDbPort)
{
    /// <summary>By address, not by name: with <c>localhost</c> the S3 client would look for a host named after the bucket.</summary>
    public string SqsSnsS3 => $"http://127.0.0.1:{SqsSnsS3Port}";

    public string DynamoDb => $"http://127.0.0.1:{DynamoDbPort}";

    public string QueueUrl(string name) => $"{SqsSnsS3}/{PseudoParameters.AccountId}/{name}";

    public static string Arn(string service, string resource) => $"arn:aws:{service}:{PseudoParameters.Region}:{PseudoParameters.AccountId}:{resource}";
}
