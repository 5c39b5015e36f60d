namespace Amazon.SQS.Model;

/// <summary>The entry of a batch that the service refused; <see cref="SenderFault"/> tells whether a retry as it stands can help.</summary>
public class BatchResultErrorEntry
{
    public string Code { get; set; }
    public string Id { get; set; }
    public string Message { get; set; }
    public bool? SenderFault { get; set; }
}
