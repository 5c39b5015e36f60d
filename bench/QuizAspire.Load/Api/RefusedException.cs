using System.Net;

namespace QuizAspire.Load.Api;

/// <summary>The API said that a request is wrong, which no request of this program should be.</summary>
internal sealed class RefusedException(HttpStatusCode status, string body) : Exception($"{(int)status} {status}: {body}");
