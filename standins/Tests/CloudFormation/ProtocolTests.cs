using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;

namespace Standins.Tests.CloudFormation;

/// <summary>What goes over the wire. The expected forms are what another SDK (boto3 1.43) was seen to send for the same calls.</summary>
public sealed class ProtocolTests
{
    [Fact]
    public async Task A_request_is_a_form_signed_for_the_service_and_its_region()
    {
        await using var server = await CloudFormationClients.AnsweringAsync("DescribeStacks", "<Stacks/>");
        using var client = CloudFormationClients.For(server.Url);

        await client.DescribeStacksAsync(new DescribeStacksRequest { StackName = "quiz" });

        var (headers, body) = Assert.Single(server.Requests);
        Assert.Equal(["Action=DescribeStacks", "StackName=quiz", "Version=2010-05-15"], QueryForm.Of(body));
        Assert.Equal("application/x-www-form-urlencoded; charset=utf-8", headers.ContentType);
        Assert.Matches(
            @"^AWS4-HMAC-SHA256 Credential=access/\d{8}/us-west-1/cloudformation/aws4_request, SignedHeaders=[a-z0-9;-]+, Signature=[0-9a-f]{64}$",
            headers.Authorization.ToString());
        Assert.Contains("api/CloudFormation#", headers.UserAgent.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_and_their_members_are_numbered_from_1_and_what_is_empty_is_sent_while_what_is_not_set_is_not()
    {
        await using var server = await CloudFormationClients.AnsweringAsync("CreateChangeSet", "<Id>change</Id><StackId>stack</StackId>");
        using var client = CloudFormationClients.For(server.Url);

        var answer = await client.CreateChangeSetAsync(new CreateChangeSetRequest
        {
            StackName = "quiz",
            ChangeSetName = "one",
            ChangeSetType = ChangeSetType.CREATE,
            TemplateBody = """{"Resources": {}}""",
            Parameters =
            [
                new Parameter { ParameterKey = "AlertEmail", ParameterValue = "" },
                new Parameter { ParameterKey = "B", ParameterValue = "é &+=" },
            ],
            Capabilities = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
            Tags = [new Tag { Key = "a", Value = "b" }],
        });

        Assert.Equal(
            QueryForm.Of(
                "Action=CreateChangeSet&Version=2010-05-15&StackName=quiz&ChangeSetName=one&ChangeSetType=CREATE"
                + "&TemplateBody=%7B%22Resources%22%3A+%7B%7D%7D&Parameters.member.1.ParameterKey=AlertEmail&Parameters.member.1.ParameterValue="
                + "&Parameters.member.2.ParameterKey=B&Parameters.member.2.ParameterValue=%C3%A9+%26%2B%3D"
                + "&Capabilities.member.1=CAPABILITY_IAM&Capabilities.member.2=CAPABILITY_NAMED_IAM&Tags.member.1.Key=a&Tags.member.1.Value=b"),
            QueryForm.Of(Assert.Single(server.Requests).Body));
        Assert.Equal(("change", "stack", "request-1"), (answer.Id, answer.StackId, answer.ResponseMetadata.RequestId));
    }

    [Fact]
    public async Task A_stack_is_read_with_outputs_tags_and_times_in_UTC()
    {
        await using var server = await CloudFormationClients.AnsweringAsync("DescribeStacks", """
            <Stacks><member>
              <StackId>arn:1</StackId><StackName>quiz</StackName><StackStatus>UPDATE_COMPLETE</StackStatus>
              <CreationTime>2026-11-22T03:04:05.678+01:00</CreationTime>
              <Parameters><member><ParameterKey>p</ParameterKey><ParameterValue/></member></Parameters>
              <Outputs>
                <member><OutputKey>SqsQueueUrl</OutputKey><OutputValue>https://q?a=1&amp;b=2</OutputValue><Description>d</Description></member>
                <member><OutputKey>SqsQueueArn</OutputKey><OutputValue>arn:aws:sqs:1</OutputValue></member>
              </Outputs>
              <Tags><member><Key>a</Key><Value>b</Value></member></Tags>
            </member></Stacks><NextToken>more</NextToken>
            """);
        using var client = CloudFormationClients.For(server.Url);

        var answer = await client.DescribeStacksAsync(new DescribeStacksRequest());

        var stack = Assert.Single(answer.Stacks);
        Assert.Equal("more", answer.NextToken);
        Assert.Equal(("arn:1", "quiz", StackStatus.UPDATE_COMPLETE), (stack.StackId, stack.StackName, stack.StackStatus));
        Assert.Equal(new DateTime(2026, 11, 22, 2, 4, 5, 678, DateTimeKind.Utc), stack.CreationTime);
        Assert.Equal(DateTimeKind.Utc, stack.CreationTime!.Value.Kind);
        Assert.Equal(("p", ""), (stack.Parameters[0].ParameterKey, stack.Parameters[0].ParameterValue));
        Assert.Equal([("SqsQueueUrl", "https://q?a=1&b=2", "d"), ("SqsQueueArn", "arn:aws:sqs:1", null)],
            stack.Outputs.Select(output => (output.OutputKey, output.OutputValue, (string?)output.Description)));
        Assert.Equal(("a", "b"), (stack.Tags[0].Key, stack.Tags[0].Value));
        Assert.Null(stack.StackStatusReason);
    }

    [Fact]
    public async Task Events_come_with_their_reasons_and_a_list_without_members_is_not_there()
    {
        await using var server = await CloudFormationClients.AnsweringAsync("DescribeStackEvents", """
            <StackEvents><member>
              <EventId>e2</EventId><StackId>arn:1</StackId><StackName>quiz</StackName><LogicalResourceId>Queue</LogicalResourceId>
              <PhysicalResourceId/><ResourceType>AWS::SQS::Queue</ResourceType><Timestamp>2026-11-22T02:04:05Z</Timestamp>
              <ResourceStatus>CREATE_FAILED</ResourceStatus><ResourceStatusReason>no right</ResourceStatusReason>
            </member></StackEvents>
            """);
        await using var empty = await CloudFormationClients.AnsweringAsync("DescribeStacks", "<Stacks/>");
        using var client = CloudFormationClients.For(server.Url);
        using var other = CloudFormationClients.For(empty.Url);

        var answer = await client.DescribeStackEventsAsync(new DescribeStackEventsRequest { StackName = "quiz", NextToken = "n" });

        var happened = Assert.Single(answer.StackEvents);
        Assert.Equal(("e2", "Queue", "AWS::SQS::Queue"), (happened.EventId, happened.LogicalResourceId, happened.ResourceType));
        Assert.Equal((ResourceStatus.CREATE_FAILED, "no right"), (happened.ResourceStatus, happened.ResourceStatusReason));
        Assert.Equal(["Action=DescribeStackEvents", "NextToken=n", "StackName=quiz", "Version=2010-05-15"],
            QueryForm.Of(Assert.Single(server.Requests).Body));
        Assert.Null((await other.DescribeStacksAsync(new DescribeStacksRequest())).Stacks);
    }

    [Fact]
    public async Task A_change_set_is_described_executed_and_the_stack_deleted_by_name()
    {
        await using var server = await StubServer.StartAsync((context, number) => StubServer.WriteXmlAsync(context, 200, number == 1
            ? CloudFormationClients.Answer("DescribeChangeSet", "<ChangeSetId>c</ChangeSetId><Status>FAILED</Status><StatusReason>why</StatusReason>")
            : "<DeleteStackResponse><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></DeleteStackResponse>"));
        using var client = CloudFormationClients.For(server.Url);

        var described = await client.DescribeChangeSetAsync(new DescribeChangeSetRequest { ChangeSetName = "c" });
        await client.ExecuteChangeSetAsync(new ExecuteChangeSetRequest { ChangeSetName = "c", StackName = "quiz" });
        var deleted = await client.DeleteStackAsync(new DeleteStackRequest { StackName = "quiz" });

        Assert.Equal((ChangeSetStatus.FAILED, "why"), (described.Status, described.StatusReason));
        Assert.Equal("r", deleted.ResponseMetadata.RequestId);
        Assert.Equal(
            [
                "Action=DescribeChangeSet ChangeSetName=c Version=2010-05-15",
                "Action=ExecuteChangeSet ChangeSetName=c StackName=quiz Version=2010-05-15",
                "Action=DeleteStack StackName=quiz Version=2010-05-15",
            ],
            server.Requests.Select(request => string.Join(' ', QueryForm.Of(request.Body))));
    }
}
