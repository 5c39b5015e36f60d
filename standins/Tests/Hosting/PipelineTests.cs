#pragma warning disable ASPIREPIPELINES001, ASPIREPIPELINES004 // What is tested.
using System.Collections.Concurrent;
using Aspire.Hosting;
using Aspire.Hosting.Pipelines;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Standins.Tests.Hosting;

public sealed class PipelineTests
{
    private readonly ConcurrentQueue<string> _ran = new();

    [Fact]
    public async Task Steps_run_after_those_they_depend_on_and_before_those_that_require_them()
    {
        var builder = Builder("--step", "publish");
        builder.Pipeline.AddStep("pack", Record("pack"), dependsOn: "build", requiredBy: WellKnownPipelineSteps.Publish);
        builder.Pipeline.AddStep("build", Record("build"), dependsOn: new[] { "check", WellKnownPipelineSteps.PublishPrereq });
        builder.Pipeline.AddStep("check", Record("check"));
        builder.Pipeline.AddStep("deploy", Record("deploy"), dependsOn: "pack");

        Assert.Null(await RunAsync(builder));

        // `deploy` waits for `pack`, but nothing that was asked for needs it.
        Assert.Equal(["check", "build", "pack"], _ran);
    }

    [Fact]
    public async Task Without_a_chosen_step_every_step_runs()
    {
        var builder = Builder();
        builder.Pipeline.AddStep("aside", Record("aside"));

        Assert.Null(await RunAsync(builder));

        Assert.Equal(["aside"], _ran);
    }

    [Fact]
    public async Task What_depends_on_a_failed_step_does_not_run_and_the_rest_does()
    {
        var builder = Builder();
        builder.Pipeline.AddStep("bad", _ => throw new DistributedApplicationException("no such luck"));
        builder.Pipeline.AddStep("after", Record("after"), dependsOn: "bad");
        builder.Pipeline.AddStep("beside", Record("beside"));

        var failure = await RunAsync(builder);

        Assert.Equal("The pipeline failed: no such luck", failure?.Message);
        Assert.Equal(["beside"], _ran);
    }

    [Fact]
    public async Task A_failure_of_another_kind_is_told_with_the_name_of_its_step()
    {
        var builder = Builder();
        builder.Pipeline.AddStep("bad", _ => throw new FormatException("not a number"));

        Assert.Equal("The pipeline failed: Step 'bad' failed: not a number", (await RunAsync(builder))?.Message);
    }

    [Fact]
    public async Task Several_failures_are_told_together()
    {
        var builder = Builder();
        builder.Pipeline.AddStep("one", _ => throw new FormatException("1"));
        builder.Pipeline.AddStep("two", _ => throw new FormatException("2"));

        var message = (await RunAsync(builder))?.Message;

        Assert.Contains("Step 'one' failed: 1", message, StringComparison.Ordinal);
        Assert.Contains("Step 'two' failed: 2", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing", null, "depends on 'missing'")]
    [InlineData(null, "missing", "is required by 'missing'")]
    [InlineData("second", null, "first → second → first")]
    public async Task An_order_that_cannot_be_kept_is_refused_before_anything_runs(string? dependsOn, string? requiredBy, string reason)
    {
        var builder = Builder();
        builder.Pipeline.AddStep("first", Record("first"), dependsOn, requiredBy);
        builder.Pipeline.AddStep("second", Record("second"), dependsOn: "first");

        var failure = await RunAsync(builder);

        Assert.Contains(reason, failure?.Message, StringComparison.Ordinal);
        Assert.Empty(_ran);
    }

    [Fact]
    public async Task A_chosen_step_that_does_not_exist_is_refused_with_those_that_do()
    {
        var failure = await RunAsync(Builder("--step", "bake"));

        Assert.Contains("no step 'bake'", failure?.Message, StringComparison.Ordinal);
        Assert.Contains("'publish'", failure?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_given_once_and_dependencies_are_names()
    {
        var pipeline = Builder().Pipeline;
        pipeline.AddStep("once", Record("once"));

        Assert.Throws<InvalidOperationException>(() => pipeline.AddStep("once", Record("once")));
        Assert.Throws<ArgumentException>("dependsOn", () => pipeline.AddStep("other", Record("other"), dependsOn: 1));
    }

    [Fact]
    public async Task A_step_is_cancelled_when_the_application_is_stopped_and_that_is_no_success()
    {
        var builder = Builder();
        var cancelled = false;
        builder.Pipeline.AddStep("long", async context =>
        {
            context.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
            var never = new TaskCompletionSource();
            await using var _ = context.CancellationToken.Register(() =>
            {
                cancelled = true;
                never.SetCanceled();
            });
            await never.Task;
        });
        var published = false;
        builder.Eventing.Subscribe<AfterPublishEvent>((_, _) =>
        {
            published = true;
            return Task.CompletedTask;
        });

        await RunAsync(builder);

        Assert.True(cancelled);
        Assert.False(published);
    }

    [Fact]
    public async Task Events_surround_the_steps()
    {
        var builder = Builder();
        builder.Eventing.Subscribe<BeforePublishEvent>((_, _) => Record("before")(null!));
        builder.Eventing.Subscribe<AfterPublishEvent>((_, _) => Record("after")(null!));
        builder.Pipeline.AddStep("step", Record("step"));

        await RunAsync(builder);

        Assert.Equal(["before", "step", "after"], _ran);
    }

    [Fact]
    public async Task A_step_reports_until_it_is_complete()
    {
        var builder = Builder();
        IReportingStep? reported = null;
        builder.Pipeline.AddStep("step", async context =>
        {
            reported = context.ReportingStep;
            await (await reported.CreateTaskAsync("part")).SucceedAsync("done");
        });

        Assert.Null(await RunAsync(builder));

        Assert.NotNull(reported);
        Assert.Equal(CompletionState.Completed, Assert.IsType<ReportingStep>(reported).State);
        await Assert.ThrowsAsync<InvalidOperationException>(() => reported.CreateTaskAsync("too late"));
    }

    [Theory]
    [InlineData("some/where", "some/where")]
    [InlineData(null, "aspire-output")]
    public async Task Output_goes_where_the_command_line_says_or_beside_the_project(string? given, string expected)
    {
        var builder = given is null ? Builder() : Builder("--output-path", given);
        string? directory = null;
        builder.Pipeline.AddStep("step", context =>
        {
            directory = context.Services.GetRequiredService<IPipelineOutputService>().GetOutputDirectory();
            return Task.CompletedTask;
        });

        await RunAsync(builder);

        Assert.Equal(Path.GetFullPath(expected, given is null ? builder.AppHostDirectory : Environment.CurrentDirectory), directory);
    }

    private static IDistributedApplicationBuilder Builder(params string[] args) => TestHost.CreateBuilder(["--operation", "publish", .. args]);

    private Func<PipelineStepContext, Task> Record(string name) => _ =>
    {
        _ran.Enqueue(name);
        return Task.CompletedTask;
    };

    /// <summary>Runs the application to its end; gives what the pipeline failed with.</summary>
    private static async Task<Exception?> RunAsync(IDistributedApplicationBuilder builder)
    {
        await using var app = builder.Build();
        // A host of another version might hand the failure on.
        await Xunit.Record.ExceptionAsync(() => app.RunAsync(TestHost.Deadline()));
        var execution = app.Services.GetServices<IHostedService>().OfType<PipelineExecutor>().Single().ExecuteTask;
        return execution?.Exception?.InnerException;
    }
}
