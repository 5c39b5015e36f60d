using System.Globalization;
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

    /// <summary>A parameter that is one of some numbers.</summary>
    public static double ChoiceParameter(this Construct stack, string name, int value, IEnumerable<int> allowed, string description) =>
        new CfnParameter(stack, name, new CfnParameterProps
        {
            Type = "Number",
            // As a text, like the values: that is how they are compared.
            Default = value.ToString(CultureInfo.InvariantCulture),
            AllowedValues = [.. allowed.Select(one => one.ToString(CultureInfo.InvariantCulture))],
            Description = description,
        }).ValueAsNumber;

    /// <summary>A parameter that is a text of a form, described for whoever gives another.</summary>
    public static string TextParameter(this Construct stack, string name, string value, string pattern, string form, string description) =>
        new CfnParameter(stack, name, new CfnParameterProps
        {
            Type = "String",
            Default = value,
            AllowedPattern = pattern,
            ConstraintDescription = form,
            Description = description,
        }).ValueAsString;

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
