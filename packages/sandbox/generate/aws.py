#!/usr/bin/env python3
"""Writes src/tables/aws.cloudformation.json: which properties of our AWS types make another object.

The facts are `createOnlyProperties` of the CloudFormation schemas that the PyPI package cfn-lint carries, corrected
where the provider does otherwise (`PROVIDER` below, from the provider's own schema):

    python3 -m venv VENV && VENV/bin/pip install cfn-lint && VENV/bin/python packages/sandbox/generate/aws.py

A CloudFormation name that the SDK has no property for is listed under `unmapped`, never dropped in silence.
"""

import importlib.metadata
import json
import pathlib

import cfnlint

# What really decides is the provider: Pulumi's is a bridge over the Terraform AWS provider, whose schema says `ForceNew`
# or not. Here is where each type's schema was read, what the provider changes in place although CloudFormation makes it
# again (`inPlace`), and what it makes again although CloudFormation does not, or does not know it (`replaces`).
ENGINE = "https://github.com/hashicorp/terraform-provider-aws/blob"
RULE = ["cidrIpv4", "cidrIpv6", "fromPort", "ipProtocol", "prefixListId", "referencedSecurityGroupId", "toPort"]
PROVIDER = {
    # Only from `dedicated` to `default` is the tenancy changed in place; a list of paths cannot say that.
    "ec2/vpc:Vpc": {
        "read": "00081ce41cc691433ac19bf42227cdabffd0454d/internal/service/ec2/vpc_.go",
        "replaces": ["instanceTenancy"],
    },
    "ec2/subnet:Subnet": {"read": "00cda125a19d31754cb0d073cf551264c57955cb/internal/service/ec2/vpc_subnet.go"},
    "ec2/routeTable:RouteTable": {
        "read": "022092419b7cda11527df3c6b51cbfe1876c1722/internal/service/ec2/vpc_route_table.go",
    },
    # ReplaceRouteTableAssociation
    "ec2/routeTableAssociation:RouteTableAssociation": {
        "read": "0be71beb458ad8875e0acc5c91519c0ceeb214aa/internal/service/ec2/vpc_route_table_association.go",
        "inPlace": ["routeTableId"],
        "replaces": ["gatewayId"],
    },
    "ec2/vpcEndpoint:VpcEndpoint": {
        "read": "008db85aad5e56627b1eecab8830464a282552ed/internal/service/ec2/vpc_endpoint.go",
    },
    "ec2/securityGroup:SecurityGroup": {
        "read": "01606926a0c0ab9174aec440f976a48b0baee722/internal/service/ec2/vpc_security_group.go",
        "replaces": ["namePrefix"],
    },
    # ModifySecurityGroupRules
    "vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
        "read": "00a322094b4b9ade8a81b244345dbcf4b52ee8d6/internal/service/ec2/vpc_security_group_ingress_rule.go",
        "inPlace": RULE,
    },
    "vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
        "read": "00a322094b4b9ade8a81b244345dbcf4b52ee8d6/internal/service/ec2/vpc_security_group_ingress_rule.go",
        "inPlace": RULE,
    },
    # CloudFormation refuses to change most of these; the provider makes another key.
    "kms/key:Key": {
        "read": "00a35305dc1b297a6fcdecdfbba33f1e63c3da39/internal/service/kms/key.go",
        "replaces": ["customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId"],
    },
    "kms/alias:Alias": {
        "read": "01c08000ddb14181b5bd19201d8fca311dc570e4/internal/service/kms/alias.go",
        "replaces": ["namePrefix"],
    },
    # CloudFormation turns object lock on later.
    "s3/bucket:Bucket": {
        "read": "4c72bcc7dc2f5ace40ce61f2a90e12a62cf4ec9a/internal/service/s3/bucket.go",
        "replaces": ["objectLockEnabled"],
    },
    "s3/bucketPolicy:BucketPolicy": {
        "read": "0073593e7d6993ba482409f4dc35438daaa79bb3/internal/service/s3/bucket_policy.go",
    },
    "rds/subnetGroup:SubnetGroup": {
        "read": "01c08000ddb14181b5bd19201d8fca311dc570e4/internal/service/rds/subnet_group.go",
        "replaces": ["namePrefix"],
    },
    "rds/parameterGroup:ParameterGroup": {
        "read": "01606926a0c0ab9174aec440f976a48b0baee722/internal/service/rds/parameter_group.go",
        "replaces": ["namePrefix"],
    },
    # The page agrees with the schema of version 5: since then `identifier` is changed in place (pull request 32687),
    # and `db_subnet_group_name` has been since 2016 (pull request 2462, closed, says why it stays so).
    "rds/instance:Instance": {
        "read": "0130d51a023089f30aa9082530b4bfe08980278a/website/docs/r/db_instance.html.markdown",
        "inPlace": ["dbSubnetGroupName", "identifier"],
        "replaces": [
            "availabilityZone",
            "engine",
            "restoreToPointInTime",
            "s3Import",
            "snapshotIdentifier",
        ],
    },
    "iam/role:Role": {
        "read": "0040ea6911af00bea2cca6dbb14e86829826ad8e/internal/service/iam/role.go",
        "replaces": ["namePrefix"],
    },
    "iam/rolePolicy:RolePolicy": {
        "read": "02f97af85f89a04e8ed89f5e8b64a9a67f3cfe07/internal/service/iam/role_policy.go",
        "replaces": ["namePrefix"],
    },
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
    provider = PROVIDER[token]
    changed, added = provider.get("inPlace", []), provider.get("replaces", [])
    for name in [*changed, *added]:
        if name not in members:
            raise SystemExit(f"{token}: the SDK declares no {name}")
    if already := sorted(set(added) & set(replace)):
        raise SystemExit(f"{token}: CloudFormation says so too: {already}")
    return {
        "type": cloudformation,
        "replaceOn": sorted([*(name for name in replace if name not in changed), *added]),
        "engine": {
            "read": f"{ENGINE}/{provider['read']}",
            **({"inPlace": changed} if changed else {}),
            **({"replaces": added} if added else {}),
        },
        "unmapped": sorted(unmapped),
    }


dated = json.loads((schemas / "version.json").read_text())["schema_date"]
data = {
    "read": "2026-11-21",
    "source": f"PyPI cfn-lint {importlib.metadata.version('cfn-lint')}, CloudFormation schemas",
    "asOf": dated[:10],
    "resources": {f"aws:{token}": row(token, *entry) for token, entry in TYPES.items()},
}
(tables / "aws.cloudformation.json").write_text(json.dumps(data, indent=1) + "\n")
print(f"aws: {len(TYPES)} types, as of {dated}")
