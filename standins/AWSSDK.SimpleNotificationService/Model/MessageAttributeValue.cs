namespace Amazon.SimpleNotificationService.Model;

/// <summary>A message's attribute: a text or bytes, as the data type says.</summary>
public class MessageAttributeValue
{
    public MemoryStream BinaryValue { get; set; }
    public string DataType { get; set; }
    public string StringValue { get; set; }
}
