#!/usr/bin/env python3
"""Writes src/tables/aws.cloudformation.json: which properties of our AWS types can only be set at creation.

The facts are `createOnlyProperties` of the CloudFormation schemas that the PyPI package cfn-lint carries:

    python3 -m venv VENV && VENV/bin/pip install cfn-lint && VENV/bin/python packages/sandbox/generate/aws.py

A CloudFormation name that the SDK has no property for is listed under `unmapped`, never dropped in silence.
"""

import importlib.metadata
import json
import pathlib

import cfnlint

# What CloudFormation makes again and the provider changes in place, with the call of the API that lets it.
IN_PLACE = {
    "ec2/routeTableAssociation:RouteTableAssociation": ("ReplaceRouteTableAssociation", ["routeTableId"]),
    "vpc/securityGroupIngressRule:SecurityGroupIngressRule": (
        "ModifySecurityGroupRules",
        ["cidrIpv4", "cidrIpv6", "fromPort", "ipProtocol", "prefixListId", "referencedSecurityGroupId", "toPort"],
    ),
    "vpc/securityGroupEgressRule:SecurityGroupEgressRule": (
        "ModifySecurityGroupRules",
        ["cidrIpv4", "cidrIpv6", "fromPort", "ipProtocol", "prefixListId", "referencedSecurityGroupId", "toPort"],
    ),
}

# Pulumi type -> CloudFormation type, and the names that differ by more than the first letter's case.
TYPES = {
    "ec2/vpc:Vpc": ("AWS::EC2::VPC", {}),
    "ec2/subnet:Subnet": ("AWS::EC2::Subnet", {}),
    "ec2/routeTable:RouteTable": ("AWS::EC2::RouteTable", {}),
    "ec2/routeTableAssociation:RouteTableAssociation": ("AWS::EC2::SubnetRouteTableAssociation", {}),
    "ec2/vpcEndpoint:VpcEndpoint": ("AWS::EC2::VPCEndpoint", {}),
    "ec2/securityGroup:SecurityGroup": (
        "AWS::EC2::SecurityGroup",
        {"GroupDescription": "description", "GroupName": "name"},
    ),
    "vpc/securityGroupIngressRule:SecurityGroupIngressRule": (
        "AWS::EC2::SecurityGroupIngress",
        {
            "CidrIp": "cidrIpv4",
            "CidrIpv6": "cidrIpv6",
            "GroupId": "securityGroupId",
            "SourceSecurityGroupId": "referencedSecurityGroupId",
            "SourcePrefixListId": "prefixListId",
        },
    ),
    "vpc/securityGroupEgressRule:SecurityGroupEgressRule": (
        "AWS::EC2::SecurityGroupEgress",
        {
            "CidrIp": "cidrIpv4",
            "CidrIpv6": "cidrIpv6",
            "GroupId": "securityGroupId",
            "DestinationSecurityGroupId": "referencedSecurityGroupId",
            "DestinationPrefixListId": "prefixListId",
        },
    ),
    "kms/key:Key": ("AWS::KMS::Key", {}),
    "kms/alias:Alias": ("AWS::KMS::Alias", {"AliasName": "name"}),
    "s3/bucket:Bucket": ("AWS::S3::Bucket", {"BucketName": "bucket", "BucketNamePrefix": "bucketPrefix"}),
    "s3/bucketPolicy:BucketPolicy": ("AWS::S3::BucketPolicy", {}),
    "rds/subnetGroup:SubnetGroup": ("AWS::RDS::DBSubnetGroup", {"DBSubnetGroupName": "name"}),
    "rds/parameterGroup:ParameterGroup": ("AWS::RDS::DBParameterGroup", {"DBParameterGroupName": "name"}),
    "rds/instance:Instance": (
        "AWS::RDS::DBInstance",
        {
            "CustomIAMInstanceProfile": "customIamInstanceProfile",
            "DBInstanceIdentifier": "identifier",
            "DBName": "dbName",
            "DBSubnetGroupName": "dbSubnetGroupName",
            "MasterUsername": "username",
        },
    ),
    "iam/role:Role": ("AWS::IAM::Role", {"RoleName": "name"}),
    "iam/rolePolicy:RolePolicy": ("AWS::IAM::RolePolicy", {"PolicyName": "name", "RoleName": "role"}),
}

tables = pathlib.Path(__file__).resolve().parent.parent / "src" / "tables"
shapes = json.loads((tables / "aws.shapes.json").read_text())
schemas = pathlib.Path(cfnlint.__file__).parent / "data" / "schemas"
known = {}
for file in (schemas / "resources").glob("*.json"):
    schema = json.loads(file.read_text())
    known[schema["typeName"]] = schema


def lower_first(name):
    return name[:1].lower() + name[1:]


def row(token, cloudformation, names):
    members = shapes["resources"][f"aws:{token}"]
    replace, unmapped = [], []
    for pointer in known[cloudformation].get("createOnlyProperties", []):
        first, *rest = pointer.removeprefix("/properties/").split("/")
        name = names.get(first, lower_first(first))
        if name in members:
            replace.append(".".join([name, *map(lower_first, rest)]))
        else:
            unmapped.append(".".join([first, *rest]))
    call, changed = IN_PLACE.get(token, ("", []))
    return {
        "type": cloudformation,
        "replaceOn": sorted(name for name in replace if name not in changed),
        **({"inPlace": {"by": call, "properties": changed}} if changed else {}),
        "unmapped": sorted(unmapped),
    }


dated = json.loads((schemas / "version.json").read_text())["schema_date"]
data = {
    "source": f"PyPI cfn-lint {importlib.metadata.version('cfn-lint')}, CloudFormation schemas",
    "asOf": dated[:10],
    "resources": {f"aws:{token}": row(token, *entry) for token, entry in TYPES.items()},
}
(tables / "aws.cloudformation.json").write_text(json.dumps(data, indent=1) + "\n")
print(f"aws: {len(TYPES)} types, as of {dated}")
