"""Deploys a published template as `aws cloudformation deploy` does, and prints what is there then, as JSON."""

import json
import sys
from urllib.parse import urlparse

import boto3

template, *code = sys.argv[1:]
s3, cloudformation, sqs, dynamodb, sns, functions = (
    boto3.client(service) for service in ("s3", "cloudformation", "sqs", "dynamodb", "sns", "lambda"))

s3.create_bucket(Bucket="packages", CreateBucketConfiguration={"LocationConstraint": "us-west-1"})
for pair in code:
    path, key = pair.split("=")
    s3.upload_file(path, "packages", key)
s3.upload_file(template, "packages", "template.json")

# moto takes a bucket from the path of a URL only where the host is localhost.
url = f"http://localhost:{urlparse(s3.meta.endpoint_url).port}/packages/template.json"
cloudformation.create_stack(
    StackName="quiz-aspire",
    TemplateURL=url,
    Capabilities=["CAPABILITY_NAMED_IAM"],
    Parameters=[{"ParameterKey": "AssetsBucket", "ParameterValue": "packages"}])
cloudformation.get_waiter("stack_create_complete").wait(StackName="quiz-aspire", WaiterConfig={"Delay": 1, "MaxAttempts": 60})
stack = cloudformation.describe_stacks(StackName="quiz-aspire")["Stacks"][0]

print(json.dumps({
    "status": stack["StackStatus"],
    "outputs": {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]},
    "queues": {url.split("/")[-1]: sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"] for url in sqs.list_queues()["QueueUrls"]},
    "tables": {name: dynamodb.describe_table(TableName=name)["Table"] for name in dynamodb.list_tables()["TableNames"]},
    "topics": {topic["TopicArn"].split(":")[-1]: sns.get_topic_attributes(TopicArn=topic["TopicArn"])["Attributes"] for topic in sns.list_topics()["Topics"]},
    "functions": {function["FunctionName"]: function for function in functions.list_functions()["Functions"]},
    "sources": functions.list_event_source_mappings()["EventSourceMappings"],
}, default=str))
