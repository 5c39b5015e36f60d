using System.Diagnostics;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3.Model;
using Amazon.SimpleNotificationService.Model;
using Amazon.SQS.Model;

namespace QuizAspire.ServiceDefaults.Aws;

/// <summary>What a call is about, by the conventions of each service: names and counts, never keys, items or bodies.</summary>
internal static class AwsCallAttributes
{
    public static void Describe(Activity span, string operation, AmazonWebServiceRequest request)
    {
        switch (request)
        {
            case AmazonDynamoDBRequest:
                span.SetTag("db.system.name", "aws.dynamodb");
                span.SetTag("db.operation.name", operation);
                DescribeTable(span, request);
                break;
            case SendMessageBatchRequest send:
                DescribeQueue(span, send.QueueUrl, send.Entries?.Count);
                break;
            case SendMessageRequest send:
                DescribeQueue(span, send.QueueUrl);
                break;
            case ReceiveMessageRequest receive:
                DescribeQueue(span, receive.QueueUrl);
                break;
            case DeleteMessageBatchRequest delete:
                DescribeQueue(span, delete.QueueUrl, delete.Entries?.Count);
                break;
            case ChangeMessageVisibilityBatchRequest change:
                DescribeQueue(span, change.QueueUrl, change.Entries?.Count);
                break;
            case GetQueueAttributesRequest look:
                DescribeQueue(span, look.QueueUrl);
                break;
            case PublishRequest publish:
                span.SetTag("messaging.system", "aws.sns");
                span.SetTag("aws.sns.topic.arn", publish.TopicArn);
                break;
            default:
                DescribeObject(span, request);
                break;
        }
    }

    private static void DescribeTable(Activity span, AmazonWebServiceRequest request)
    {
        switch (request)
        {
            case GetItemRequest get:
                span.SetTag("db.collection.name", get.TableName);
                break;
            case PutItemRequest put:
                span.SetTag("db.collection.name", put.TableName);
                break;
            case UpdateItemRequest update:
                span.SetTag("db.collection.name", update.TableName);
                break;
            case DeleteItemRequest delete:
                span.SetTag("db.collection.name", delete.TableName);
                break;
            case QueryRequest query:
                span.SetTag("db.collection.name", query.TableName);
                break;
            case ScanRequest scan:
                span.SetTag("db.collection.name", scan.TableName);
                break;
            case BatchWriteItemRequest { RequestItems: { } items }:
                DescribeBatch(span, items.Keys, items.Values.Sum(writes => writes.Count));
                break;
            case BatchGetItemRequest { RequestItems: { } items }:
                DescribeBatch(span, items.Keys, items.Values.Sum(keys => keys.Keys.Count));
                break;
        }
    }

    private static void DescribeBatch(Activity span, IReadOnlyCollection<string> tables, int size)
    {
        if (tables.Count == 1)
            span.SetTag("db.collection.name", tables.First());

        // By the conventions a batch of one is none.
        if (size > 1)
            span.SetTag("db.operation.batch.size", size);
    }

    private static void DescribeQueue(Activity span, string? url, int? messages = null)
    {
        span.SetTag("messaging.system", "aws_sqs");
        span.SetTag("messaging.destination.name", url?[(url.LastIndexOf('/') + 1)..]);
        span.SetTag("aws.sqs.queue.url", url);
        if (messages is not null)
            span.SetTag("messaging.batch.message_count", messages);
    }

    private static void DescribeObject(Activity span, AmazonWebServiceRequest request)
    {
        switch (request)
        {
            case GetObjectRequest get:
                DescribeObject(span, get.BucketName, get.Key);
                break;
            case GetObjectMetadataRequest head:
                DescribeObject(span, head.BucketName, head.Key);
                break;
            case PutObjectRequest put:
                DescribeObject(span, put.BucketName, put.Key);
                break;
            case DeleteObjectRequest delete:
                DescribeObject(span, delete.BucketName, delete.Key);
                break;
            case InitiateMultipartUploadRequest begin:
                DescribeObject(span, begin.BucketName, begin.Key);
                break;
            case UploadPartRequest part:
                DescribeObject(span, part.BucketName, part.Key, part.PartNumber);
                break;
            case CompleteMultipartUploadRequest complete:
                DescribeObject(span, complete.BucketName, complete.Key);
                break;
            case AbortMultipartUploadRequest abort:
                DescribeObject(span, abort.BucketName, abort.Key);
                break;
            case HeadBucketRequest head:
                span.SetTag("aws.s3.bucket", head.BucketName);
                break;
        }
    }

    // Keys here are ids that the API makes; no user chooses one.
    private static void DescribeObject(Activity span, string? bucket, string? key, int? part = null)
    {
        span.SetTag("aws.s3.bucket", bucket);
        span.SetTag("aws.s3.key", key);
        if (part is not null)
            span.SetTag("aws.s3.part_number", part);
    }
}
