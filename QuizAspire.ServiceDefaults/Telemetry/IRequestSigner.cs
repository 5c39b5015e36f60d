namespace QuizAspire.ServiceDefaults.Telemetry;

internal interface IRequestSigner
{
    void Sign(HttpRequestMessage request);
}
