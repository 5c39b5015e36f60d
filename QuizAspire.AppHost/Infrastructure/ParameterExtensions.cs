using Amazon.CDK;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure;

internal static class ParameterExtensions
{
    /// <summary>A parameter that is a number, within limits.</summary>
    public static double NumberParameter(this Construct stack, string name, double value, double least, double most, string description) =>
        new CfnParameter(stack, name, new CfnParameterProps
        {
            Type = "Number",
            Default = value,
            MinValue = least,
            MaxValue = most,
            Description = description,
        }).ValueAsNumber;

    /// <summary>A parameter that may be left empty.</summary>
    public static OptionalParameter OptionalParameter(this Construct stack, string name, string pattern, string description)
    {
        var parameter = new CfnParameter(stack, name, new CfnParameterProps
        {
            Type = "String",
            Default = "",
            AllowedPattern = $"^$|^{pattern}$",
            Description = description,
        });
        var given = new CfnCondition(stack, $"{name}Given", new CfnConditionProps
        {
            Expression = Fn.ConditionNot(Fn.ConditionEquals(parameter.ValueAsString, "")),
        });
        return new OptionalParameter(parameter.ValueAsString, given);
    }
}

/// <param name="Given">Holds where the parameter is not empty.</param>
internal sealed record OptionalParameter(string Value, CfnCondition Given);
