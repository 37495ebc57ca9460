import { BUCKETS } from "./aws-objects.ts";
import type { FlowReaders, FlowRow } from "./flow.ts";

const EDGE = "the edge locations of AWS, all over the world";
const FRONT = "Amazon CloudFront Developer Guide, how CloudFront delivers content";
const ORIGINS = [...BUCKETS, "aws:lb/loadBalancer:LoadBalancer", "aws:apigateway/restApi:RestApi"] as const;

/** A service that is everywhere: the resource itself asks for it. */
const everywhere = (source: string, more: Partial<FlowRow> = {}): FlowRow => ({
  kind: "deliver",
  path: "enabled",
  to: { words: EDGE },
  on: { not: [false] },
  standard: true,
  absent: "it delivers from everywhere",
  source,
  ...more,
});

const functions = (path: string): FlowRow => ({
  kind: "deliver",
  path,
  from: { path, types: ["aws:lambda/function:Function"] },
  to: { words: EDGE },
  absent: "no function at the edge",
  source: "Amazon CloudFront Developer Guide, Lambda@Edge: functions are replicated to all regions",
});

/** Content delivery, traffic routing and models of AWS. */
export const awsDelivery: FlowReaders = {
  "aws:cloudfront/distribution:Distribution": [
    everywhere(FRONT),
    everywhere(FRONT, { path: "origins.*.domainName", from: { path: "origins.*.domainName", types: ORIGINS } }),
    functions("defaultCacheBehavior.lambdaFunctionAssociations.*.lambdaArn"),
    functions("orderedCacheBehaviors.*.lambdaFunctionAssociations.*.lambdaArn"),
    {
      kind: "ship-logs",
      path: "loggingConfig.bucket",
      to: "ref",
      types: BUCKETS,
      absent: "no access log",
      source: "Amazon CloudFront API, LoggingConfig",
    },
  ],
  "aws:cloudfront/multitenantDistribution:MultitenantDistribution": [everywhere(FRONT)],
  "aws:cloudfront/realtimeLogConfig:RealtimeLogConfig": [
    {
      kind: "ship-logs",
      path: "endpoint.kinesisStreamConfig.streamArn",
      from: "stack",
      to: "ref",
      types: ["aws:kinesis/stream:Stream"],
      absent: "endpoint is required",
      source: "Amazon CloudFront API, CreateRealtimeLogConfig",
    },
  ],
  "aws:cloudfront/keyValueStore:KeyValueStore": [everywhere(FRONT, { path: "name", on: {} })],
  "aws:lightsail/distribution:Distribution": [
    everywhere("Amazon Lightsail documentation, distributions", { path: "isEnabled" }),
  ],
  "aws:amplify/app:App": [
    everywhere("AWS Amplify Hosting User Guide: hosted on Amazon CloudFront", { path: "name", on: {} }),
  ],
  "aws:apigateway/restApi:RestApi": [
    {
      kind: "deliver",
      path: "endpointConfiguration.types",
      to: { words: EDGE },
      on: { is: ["EDGE"] },
      standard: "EDGE",
      absent: "EDGE: requests go through the nearest edge location",
      source: "Amazon API Gateway API, EndpointConfiguration: the default for a REST API is EDGE",
    },
  ],
  "aws:apigateway/domainName:DomainName": [
    {
      kind: "deliver",
      path: "endpointConfiguration.types",
      to: { words: EDGE },
      on: { is: ["EDGE"] },
      standard: "EDGE",
      absent: "EDGE",
      source: "Amazon API Gateway API, CreateDomainName",
    },
  ],
  "aws:globalaccelerator/accelerator:Accelerator": [
    everywhere("AWS Global Accelerator Developer Guide: traffic enters at the nearest edge location"),
    {
      kind: "ship-logs",
      path: "attributes.flowLogsS3Bucket",
      to: "ref",
      types: BUCKETS,
      absent: "no flow log",
      source: "AWS Global Accelerator API, AcceleratorAttributes",
    },
  ],
  "aws:globalaccelerator/endpointGroup:EndpointGroup": [
    {
      kind: "deliver",
      path: "endpointGroupRegion",
      from: "stack",
      to: "region",
      absent: "the provider's region",
      source: "AWS Global Accelerator API, CreateEndpointGroup",
    },
  ],
  "aws:route53/record:Record": ["latencyRoutingPolicies.*.region", "geoproximityRoutingPolicy.awsRegion"].map(
    (path): FlowRow => ({
      kind: "deliver",
      path,
      from: "stack",
      to: "region",
      absent: "traffic is not routed by place",
      source: "Amazon Route 53 API, ResourceRecordSet",
    }),
  ),
  "aws:bedrock/inferenceProfile:InferenceProfile": [
    {
      kind: "call-model",
      path: "modelSource.copyFrom",
      to: "model",
      absent: "modelSource is required",
      source: "Amazon Bedrock API, CreateInferenceProfile",
    },
  ],
  "aws:bedrock/agentAgent:AgentAgent": [
    {
      kind: "call-model",
      path: "foundationModel",
      to: "model",
      absent: "foundationModel is required",
      source: "Amazon Bedrock API, CreateAgent",
    },
  ],
  "aws:bedrock/agentPrompt:AgentPrompt": [
    {
      kind: "call-model",
      path: "variants.*.modelId",
      to: "model",
      absent: "no model",
      source: "Amazon Bedrock API, PromptVariant",
    },
  ],
  "aws:bedrock/agentKnowledgeBase:AgentKnowledgeBase": [
    {
      kind: "call-model",
      path: "knowledgeBaseConfiguration.vectorKnowledgeBaseConfiguration.embeddingModelArn",
      to: "model",
      absent: "no embedding model",
      source: "Amazon Bedrock API, VectorKnowledgeBaseConfiguration",
    },
  ],
  "aws:bedrock/provisionedModelThroughput:ProvisionedModelThroughput": [
    {
      kind: "call-model",
      path: "modelArn",
      to: "model",
      absent: "modelArn is required",
      source: "Amazon Bedrock API, CreateProvisionedModelThroughput",
    },
  ],
};
