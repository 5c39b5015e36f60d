namespace QuizAspire.AppHost.Infrastructure;

/// <summary>Where the templates of a local run are.</summary>
/// <param name="Stack">Path of the whole infrastructure's template, as it is published but for the location of the code.</param>
/// <param name="Resources">Path of the template of what keeps data alone, for a developer to provision and to delete again.</param>
internal sealed record SynthesizedTemplates(string Stack, string Resources);
