import type { Condition } from "../facts/check.ts";
import { BUCKETS } from "./aws-objects.ts";
import type { FlowReaders, FlowRow } from "./flow.ts";

const GROUPS = ["aws:cloudwatch/logGroup:LogGroup"] as const;
const STREAMS = [
  "aws:kinesis/stream:Stream",
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  "aws:cloudwatch/logDestination:LogDestination",
  "aws:lambda/function:Function",
  "aws:opensearch/domain:Domain",
] as const;
const QUEUES = [
  "aws:sqs/queue:Queue",
  "aws:sns/topic:Topic",
  "aws:cloudwatch/eventBus:EventBus",
  "aws:cloudwatch/eventApiDestination:EventApiDestination",
  "aws:sfn/stateMachine:StateMachine",
  "aws:ecs/cluster:Cluster",
  ...STREAMS,
  ...GROUPS,
] as const;
const LOCATIONS = [
  "aws:datasync/s3Location:S3Location",
  "aws:datasync/efsLocation:EfsLocation",
  "aws:datasync/nfsLocation:NfsLocation",
  "aws:datasync/locationSmb:LocationSmb",
  "aws:datasync/locationObjectStorage:LocationObjectStorage",
  "aws:datasync/locationAzureBlob:LocationAzureBlob",
  "aws:datasync/locationFsxLustre:LocationFsxLustre",
  "aws:datasync/locationFsxWindows:LocationFsxWindows",
  "aws:datasync/fsxOpenZfsFileSystem:FsxOpenZfsFileSystem",
] as const;

type More = Partial<Pick<FlowRow, "from" | "when" | "absent">>;
const row = (
  kind: FlowRow["kind"],
  path: string,
  to: FlowRow["to"],
  types: readonly string[],
  source: string,
  more: More = {},
): FlowRow => ({ kind, path, to, types, absent: "nothing is sent", source, ...more });

const logs = (path: string, types: readonly string[], source: string, more: More = {}): FlowRow =>
  row("ship-logs", path, "ref", types, source, more);
const sent = (path: string, types: readonly string[], source: string, more: More = {}): FlowRow =>
  row("replicate", path, "ref", types, source, more);
const posted = (path: string, source: string, more: More = {}): FlowRow =>
  row("replicate", path, "endpoint", [], source, more);

const STACK = { from: "stack" } as const;
const BALANCER = "Elastic Load Balancing documentation, access logs";
const TRAIL = "AWS CloudTrail API, CreateTrail";
const FIREHOSE = "Amazon Data Firehose API, CreateDeliveryStream";
const DMS = "AWS DMS API, CreateReplicationTask";
const ENDPOINTS = ["aws:dms/endpoint:Endpoint", "aws:dms/s3Endpoint:S3Endpoint"] as const;
const DMS_TASK = [sent("targetEndpointArn", ENDPOINTS, DMS, { from: { path: "sourceEndpointArn", types: ENDPOINTS } })];
const TARGET: readonly Condition[] = [{ path: "endpointType", not: ["source"] }];
const HTTP: readonly Condition[] = [{ path: "protocol", is: ["http", "https"] }];
const NOT_HTTP: readonly Condition[] = [{ path: "protocol", is: ["sqs", "lambda", "firehose"] }];
const TOPIC = { path: "topic", types: ["aws:sns/topic:Topic"] } as const;
const PROMPTS = "Amazon Bedrock API, PutModelInvocationLoggingConfiguration";

/** Logs, events, streams and transfers of AWS. */
export const awsStreams: FlowReaders = {
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": [
    logs("destinationArn", STREAMS, "Amazon CloudWatch Logs API, PutSubscriptionFilter", {
      from: { path: "logGroup", types: GROUPS },
    }),
  ],
  "aws:cloudwatch/logDelivery:LogDelivery": [
    logs(
      "deliveryDestinationArn",
      ["aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination"],
      "Amazon CloudWatch Logs API, CreateDelivery",
      { from: { path: "deliverySourceName", types: ["aws:cloudwatch/logDeliverySource:LogDeliverySource"] } },
    ),
  ],
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": [
    logs(
      "deliveryDestinationConfiguration.destinationResourceArn",
      [...BUCKETS, ...GROUPS, ...STREAMS],
      "Amazon CloudWatch Logs API, PutDeliveryDestination",
    ),
  ],
  "aws:cloudwatch/logDestination:LogDestination": [
    logs("targetArn", STREAMS, "Amazon CloudWatch Logs API, PutDestination"),
  ],
  "aws:cloudwatch/metricStream:MetricStream": [logs("firehoseArn", STREAMS, "Amazon CloudWatch API, PutMetricStream")],
  "aws:cloudtrail/trail:Trail": [
    logs("s3BucketName", BUCKETS, TRAIL, STACK),
    logs("cloudWatchLogsGroupArn", GROUPS, TRAIL, STACK),
  ],
  "aws:ec2/flowLog:FlowLog": [
    logs("logDestination", [...BUCKETS, ...GROUPS, ...STREAMS], "Amazon EC2 API, CreateFlowLogs"),
  ],
  "aws:lb/loadBalancer:LoadBalancer": ["accessLogs", "connectionLogs", "healthCheckLogs"].map((key) =>
    logs(`${key}.bucket`, BUCKETS, BALANCER, { when: [{ path: `${key}.enabled`, is: [true], standard: false }] }),
  ),
  "aws:elb/loadBalancer:LoadBalancer": [
    logs("accessLogs.bucket", BUCKETS, BALANCER, {
      when: [{ path: "accessLogs.enabled", is: [true], standard: true }],
    }),
  ],
  "aws:redshift/logging:Logging": [
    logs("bucketName", BUCKETS, "Amazon Redshift API, EnableLogging", {
      from: { path: "clusterIdentifier", types: ["aws:redshift/cluster:Cluster"] },
    }),
  ],
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": [
    logs(
      "logDestinationConfigs.*",
      [...BUCKETS, ...GROUPS, ...STREAMS],
      "AWS WAFV2 API, PutLoggingConfiguration",
      STACK,
    ),
  ],
  "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig": [
    logs("destinationArn", [...BUCKETS, ...GROUPS, ...STREAMS], "Route 53 Resolver API, CreateResolverQueryLogConfig"),
  ],
  "aws:cfg/deliveryChannel:DeliveryChannel": [
    logs("s3BucketName", BUCKETS, "AWS Config API, PutDeliveryChannel", STACK),
  ],
  "aws:ssm/resourceDataSync:ResourceDataSync": [
    row("ship-logs", "s3Destination.region", "region", [], "AWS Systems Manager API, CreateResourceDataSync", STACK),
  ],
  "aws:securitylake/dataLake:DataLake": [
    row("ship-logs", "configuration.region", "region", [], "Amazon Security Lake API, CreateDataLake", STACK),
    row(
      "replicate",
      "configuration.replicationConfiguration.regions.*",
      "region",
      [],
      "Amazon Security Lake API, DataLakeReplicationConfiguration",
      STACK,
    ),
  ],
  "aws:observabilityadmin/centralizationRuleForOrganization:CentralizationRuleForOrganization": [
    row(
      "ship-logs",
      "rule.destination.region",
      "region",
      [],
      "CloudWatch Observability Admin API, DestinationLogs",
      STACK,
    ),
    row(
      "ship-logs",
      "rule.destination.destinationLogsConfiguration.backupConfiguration.region",
      "region",
      [],
      "CloudWatch Observability Admin API, LogsBackupConfiguration",
      STACK,
    ),
  ],
  "aws:oam/link:Link": [
    logs("sinkIdentifier", ["aws:oam/sink:Sink"], "CloudWatch Observability Access Manager API, CreateLink", STACK),
  ],
  "aws:macie2/classificationExportConfiguration:ClassificationExportConfiguration": [
    logs("s3Destination.bucketName", BUCKETS, "Amazon Macie API, PutClassificationExportConfiguration", STACK),
  ],
  "aws:guardduty/publishingDestination:PublishingDestination": [
    logs("destinationArn", BUCKETS, "Amazon GuardDuty API, CreatePublishingDestination", STACK),
  ],
  "aws:bedrockmodel/invocationLoggingConfiguration:InvocationLoggingConfiguration": [
    logs("loggingConfig.s3Config.bucketName", BUCKETS, PROMPTS, STACK),
    logs("loggingConfig.cloudwatchConfig.logGroupName", GROUPS, PROMPTS, STACK),
    logs("loggingConfig.cloudwatchConfig.largeDataDeliveryS3Config.bucketName", BUCKETS, PROMPTS, STACK),
  ],
  "aws:cloudwatch/eventTarget:EventTarget": [sent("arn", QUEUES, "Amazon EventBridge API, PutTargets", STACK)],
  "aws:cloudwatch/eventApiDestination:EventApiDestination": [
    posted("invocationEndpoint", "Amazon EventBridge API, CreateApiDestination", STACK),
  ],
  "aws:cloudwatch/eventEndpoint:EventEndpoint": [
    row(
      "replicate",
      "routingConfig.failoverConfig.secondary.route",
      "region",
      [],
      "Amazon EventBridge User Guide, global endpoints: events are replicated to the second Region",
      STACK,
    ),
    sent(
      "eventBuses.*.eventBusArn",
      ["aws:cloudwatch/eventBus:EventBus"],
      "Amazon EventBridge API, CreateEndpoint",
      STACK,
    ),
  ],
  "aws:pipes/pipe:Pipe": [sent("target", QUEUES, "Amazon EventBridge Pipes API, CreatePipe")],
  "aws:scheduler/schedule:Schedule": [
    sent("target.arn", QUEUES, "Amazon EventBridge Scheduler API, CreateSchedule", STACK),
  ],
  "aws:sns/topicSubscription:TopicSubscription": [
    posted("endpoint", "Amazon SNS API, Subscribe", { when: HTTP, from: TOPIC }),
    sent("endpoint", QUEUES, "Amazon SNS API, Subscribe", { when: NOT_HTTP, from: TOPIC }),
  ],
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": [
    sent("extendedS3Configuration.bucketArn", BUCKETS, FIREHOSE),
    sent("extendedS3Configuration.s3BackupConfiguration.bucketArn", BUCKETS, FIREHOSE),
    posted("httpEndpointConfiguration.url", FIREHOSE),
    posted("splunkConfiguration.hecEndpoint", FIREHOSE),
    posted("snowflakeConfiguration.accountUrl", FIREHOSE),
    posted("opensearchConfiguration.clusterEndpoint", FIREHOSE),
    posted("elasticsearchConfiguration.clusterEndpoint", FIREHOSE),
    posted("redshiftConfiguration.clusterJdbcurl", FIREHOSE),
  ],
  "aws:dms/replicationTask:ReplicationTask": DMS_TASK,
  "aws:dms/replicationConfig:ReplicationConfig": DMS_TASK,
  "aws:dms/endpoint:Endpoint": [
    posted("serverName", "AWS DMS API, CreateEndpoint", { when: TARGET }),
    sent("kinesisSettings.streamArn", STREAMS, "AWS DMS API, KinesisSettings", { when: TARGET }),
    posted("kafkaSettings.broker", "AWS DMS API, KafkaSettings", { when: TARGET }),
    posted("elasticsearchSettings.endpointUri", "AWS DMS API, ElasticsearchSettings", { when: TARGET }),
  ],
  "aws:dms/s3Endpoint:S3Endpoint": [sent("bucketName", BUCKETS, "AWS DMS API, S3Settings", { when: TARGET })],
  "aws:datasync/task:Task": [
    sent("destinationLocationArn", LOCATIONS, "AWS DataSync API, CreateTask", {
      from: { path: "sourceLocationArn", types: LOCATIONS },
    }),
  ],
  "aws:datasync/locationObjectStorage:LocationObjectStorage": [
    posted("serverHostname", "AWS DataSync API, CreateLocationObjectStorage"),
  ],
  "aws:datasync/locationAzureBlob:LocationAzureBlob": [
    posted("containerUrl", "AWS DataSync API, CreateLocationAzureBlob"),
  ],
  "aws:transfer/connector:Connector": [posted("url", "AWS Transfer Family API, CreateConnector")],
  "aws:appflow/flow:Flow": [
    {
      kind: "replicate",
      path: "destinationFlowConfigs.*.connectorType",
      to: { words: "a service of another vendor" },
      on: { not: ["S3", "Redshift", "EventBridge", "Upsolver", "CustomerProfiles", "LookoutMetrics", "Honeycode"] },
      absent: "connectorType is required",
      source: "Amazon AppFlow API, DestinationFlowConfig",
    },
  ],
};
