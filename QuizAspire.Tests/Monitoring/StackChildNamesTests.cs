using Aspire.Hosting;
using FsCheck;
using FsCheck.Fluent;
using QuizAspire.AppHost.Monitoring.Resources;

namespace QuizAspire.Tests.Monitoring;

public sealed class StackChildNamesTests
{
    [Theory]
    [InlineData("quiz-submissions.fifo", "quiz-submissions-fifo")]
    [InlineData("quiz_results", "quiz-results")]
    [InlineData("a..b__c", "a-b-c")]
    [InlineData("7-days", "queue-7-days")]
    [InlineData("...", "queue")]
    public void Name_keeps_what_Aspire_allows(string name, string expected) =>
        Assert.Equal(expected, StackChildNames.For(name, "queue", _ => false));

    [Fact]
    public void Name_that_another_resource_has_says_what_kind_it_is() =>
        Assert.Equal("stack-queue", StackChildNames.For("stack", "queue", name => name == "stack"));

    [Fact]
    public void Every_name_of_AWS_becomes_one_that_Aspire_takes()
    {
        var names = Gen.Elements("aZ09-_. äß".ToCharArray()).ArrayOf().Select(characters => new string(characters));
        Prop.ForAll(names.Where(name => name.Length < 300).ToArbitrary(), Gen.Elements(true, false).ToArbitrary(), (name, taken) =>
        {
            // The builder checks the name.
            DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true })
                .AddExecutable(StackChildNames.For(name, "table", _ => taken), "true", ".");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
    }
}
