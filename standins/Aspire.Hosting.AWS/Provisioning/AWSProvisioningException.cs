namespace Aspire.Hosting.AWS.Provisioning;

/// <summary>A resource could not be made in AWS; the message says why.</summary>
public class AWSProvisioningException(string message, Exception? innerException = null) : Exception(message, innerException);
