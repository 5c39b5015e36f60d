using QuizAspire.AppHost.Backends;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Embedded.Templates;
using QuizAspire.AppHost.Infrastructure;

namespace QuizAspire.AppHost;

/// <summary>The stack's template with everything resolved for the ports and parameters of this run.</summary>
/// <param name="ResourcesTemplate">The path of the template of the resources alone, for CloudFormation.</param>
/// <param name="ResourcesParameters">Those of the given parameters that this template has.</param>
/// <param name="ResourcesAlarms">The names of the alarms in this template, which CloudFormation makes with it.</param>
internal sealed record QuizStackPlan(
    StackPlan Stack, string ResourcesTemplate, IReadOnlyDictionary<string, string> ResourcesParameters, IReadOnlySet<string> ResourcesAlarms)
{
    /// <exception cref="LaunchException">The stack cannot be synthesized, or a parameter is not one of its own or out of its range.</exception>
    public static QuizStackPlan For(ProjectFolders folders, LaunchOptions options)
    {
        var synthesizer = new TemplateSynthesizer(folders.Artifacts, () => NodeLocator.Find(folders.Tools), TimeProvider.System);
        var templates = synthesizer.Synthesize(Console.WriteLine);
        var addresses = new EmulatorAddresses(options.Ports.SqsSnsS3, options.Ports.DynamoDb);
        var parameters = options.Aws.Mode == AwsMode.Account ? options.Parameters : WithAddresses(options.Parameters);
        var stack = StackPlanner.Plan(File.ReadAllText(templates.Stack), QuizStack.Id, addresses, parameters);
        var resources = File.ReadAllText(templates.Resources);
        var given = ParametersOf(resources, options.Parameters);
        var alarms = StackPlanner.Plan(resources, QuizResourcesStack.Id, addresses, given).Alarms;
        return new(stack, templates.Resources, given, alarms.Select(alarm => alarm.Name).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Where no mail is sent anyway, all that would be mailed goes to the inbox.</summary>
    internal static IReadOnlyDictionary<string, string> WithAddresses(IReadOnlyDictionary<string, string> given)
    {
        var parameters = new Dictionary<string, string>(given, StringComparer.Ordinal);
        parameters.TryAdd("AlertEmail", "alerts@quiz.example");
        parameters.TryAdd("StatisticsEmail", "statistics@quiz.example");
        return parameters;
    }

    /// <summary>CloudFormation refuses a parameter that a template does not declare; those of the functions alone are for this machine.</summary>
    internal static IReadOnlyDictionary<string, string> ParametersOf(string template, IReadOnlyDictionary<string, string> given)
    {
        var declared = Template.Parse(template).Parameters;
        return given.Where(parameter => declared.ContainsKey(parameter.Key)).ToDictionary(StringComparer.Ordinal);
    }
}
