using System.Text.Json.Serialization;
using Amazon.Lambda.APIGatewayEvents;

namespace QuizAspire.Api.Lambda;

/// <summary>API Gateway's events and their answers; what reads them by reflection is slow to begin.</summary>
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyRequest))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyResponse))]
internal sealed partial class GatewayJson : JsonSerializerContext;
