using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using QuizAspire.Api.Http;

namespace QuizAspire.Tests.Api;

public sealed class FaultHandlerTests
{
    [Fact]
    public async Task An_object_that_breaks_off_while_it_is_read_is_a_store_that_did_not_answer()
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var http = new DefaultHttpContext { RequestServices = services };

        await new FaultHandler(NullLogger<FaultHandler>.Instance).TryHandleAsync(http, new IOException(), CancellationToken.None);

        Assert.Equal((503, true), (http.Response.StatusCode, http.Response.Headers.ContainsKey("Retry-After")));
    }
}
