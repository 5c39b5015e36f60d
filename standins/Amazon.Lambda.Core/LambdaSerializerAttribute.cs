namespace Amazon.Lambda.Core;

/// <summary>Names the serializer of a class library's handlers; an executable function passes its serializer to the bootstrap instead.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Assembly, AllowMultiple = false)]
public sealed class LambdaSerializerAttribute(Type serializerType) : Attribute
{
    public Type SerializerType { get; set; } = serializerType;
}
