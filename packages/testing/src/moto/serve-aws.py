"""Runs moto on a free loopback port, with what a deployment asks of CloudFormation and it lacks.

Prints moto's own `Running on http://127.0.0.1:PORT` on standard error, and ends when its
standard input does.
"""

import os
import sys
import threading

from moto.cloudformation import models, parsing, responses
from moto.cloudformation.exceptions import CloudFormationError
from moto.cloudformation.models import CloudFormationBackend
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.responses import ActionResult
from moto.ec2.models import ec2_backends
from moto.ec2.models.flow_logs import FlowLogs
from moto.kms.models import Key
from moto.server import main


class ChangeSetNotFound(CloudFormationError):
    code = "ChangeSetNotFoundException"


def find_templates_by_path():
    """Else the first number of the loopback address is taken for the name of a bucket."""
    find = responses.get_stack_from_s3_url
    responses.get_stack_from_s3_url = lambda template_url, **where: find(
        template_url.replace("127.0.0.1", "localhost"), **where
    )


def keep_change_sets_by_stack():
    """The toolkit gives all of them one name, and each belongs to one stack."""

    def found(self):
        name = self._get_param("ChangeSetName")
        stack = self._get_param("StackName")
        for id_, change_set in self.cloudformation_backend.change_sets.items():
            is_of_stack = stack in (None, change_set.stack.name, change_set.stack.stack_id)
            if name == id_ or (name == change_set.change_set_name and is_of_stack):
                return id_
        return None

    def describe(self):
        id_ = found(self)
        if id_ is None:
            raise ChangeSetNotFound("the change set does not exist")
        return ActionResult(self.cloudformation_backend.change_sets[id_])

    def delete(self):
        self.cloudformation_backend.change_sets.pop(found(self), None)
        return ActionResult({})

    def execute(self):
        id_ = found(self)
        self.cloudformation_backend.execute_change_set(stack_name=None, change_set_name=id_)
        # What was executed is gone: the next one has the same name.
        self.cloudformation_backend.change_sets.pop(id_)
        return ActionResult({})

    CloudFormationResponse.describe_change_set = describe
    CloudFormationResponse.delete_change_set = delete
    CloudFormationResponse.execute_change_set = execute


def protect_stacks_from_deletion():
    def update(self):
        stack = self.cloudformation_backend.get_stack(self._get_param("StackName"))
        wanted = self._get_param("EnableTerminationProtection")
        stack.enable_termination_protection = str(wanted).lower() == "true"
        return ActionResult({"StackId": stack.stack_id})

    delete_stack = CloudFormationBackend.delete_stack

    def delete(self, name_or_stack_id):
        if self.get_stack(name_or_stack_id).enable_termination_protection:
            raise models.ValidationError(
                message=f"Stack [{name_or_stack_id}] cannot be deleted while "
                "TerminationProtection is enabled"
            )
        return delete_stack(self, name_or_stack_id)

    CloudFormationResponse.update_termination_protection = update
    CloudFormationBackend.delete_stack = delete


def fail_as_cloudformation_does():
    """A resource that can't be made is an event, and the stack rolls back; no answer fails."""
    create = parsing.parse_and_create_resource
    execute = CloudFormationBackend.execute_change_set

    def note_resource(logical_id, resource_json, *args, **kwargs):
        try:
            return create(logical_id, resource_json, *args, **kwargs)
        except Exception as error:
            error.failed_resource = getattr(
                error, "failed_resource", (logical_id, resource_json["Type"])
            )
            raise

    def execute_or_roll_back(self, change_set_name, stack_name=None):
        change_set = self.change_sets[change_set_name]
        stack = self.stacks[change_set.stack_id]
        try:
            execute(self, change_set_name, stack_name)
        except Exception as error:
            logical_id, type_ = getattr(error, "failed_resource", (stack.name, "?"))
            stack._add_stack_event("CREATE_IN_PROGRESS", "User Initiated")
            stack._add_stack_event("CREATE_FAILED", str(error))
            stack.events[-1].logical_resource_id = logical_id
            stack.events[-1].resource_type = type_
            is_new = change_set.change_set_type == "CREATE"
            stack.status = "ROLLBACK_COMPLETE" if is_new else "UPDATE_ROLLBACK_COMPLETE"
            stack._add_stack_event(stack.status)

    parsing.parse_and_create_resource = note_resource
    CloudFormationBackend.execute_change_set = execute_or_roll_back


def replace_flow_logs():
    """EC2 changes none: CloudFormation makes another one. moto neither changes nor deletes any."""

    def update(
        cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name
    ):
        backend = original_resource.ec2_backend
        # EC2 lets two that differ go to one place; moto does not.
        backend.delete_flow_logs([original_resource.id])
        return cls.create_from_cloudformation_json(
            new_resource_name, cloudformation_json, account_id, region_name
        )

    def delete(cls, resource_name, cloudformation_json, account_id, region_name):
        ec2_backends[account_id][region_name].delete_flow_logs([resource_name])

    FlowLogs.update_from_cloudformation_json = classmethod(update)
    FlowLogs.delete_from_cloudformation_json = classmethod(delete)


def tag_keys():
    """CloudFormation calls the parts of a tag Key and Value, and KMS does not."""
    create = Key.create_from_cloudformation_json.__func__

    def create_with_tags(cls, resource_name, cloudformation_json, *args, **kwargs):
        properties = dict(cloudformation_json["Properties"])
        properties["Tags"] = [
            {"TagKey": tag["Key"], "TagValue": tag["Value"]} for tag in properties.get("Tags", [])
        ]
        translated = {**cloudformation_json, "Properties": properties}
        return create(cls, resource_name, translated, *args, **kwargs)

    Key.create_from_cloudformation_json = classmethod(create_with_tags)


def be_in_the_state_that_a_tag_names():
    """moto's stacks never fail half-way: one with the tag `moto:status` says that it has."""
    describe = CloudFormationBackend.describe_stacks

    def describe_stacks(self, name_or_stack_id):
        stacks = describe(self, name_or_stack_id)
        for stack in stacks:
            stack.status = stack.tags.get("moto:status", stack.status)
        return stacks

    CloudFormationBackend.describe_stacks = describe_stacks


def end_with_standard_input():
    sys.stdin.buffer.read()
    os._exit(0)


find_templates_by_path()
keep_change_sets_by_stack()
protect_stacks_from_deletion()
fail_as_cloudformation_does()
replace_flow_logs()
tag_keys()
be_in_the_state_that_a_tag_names()
threading.Thread(target=end_with_standard_input, daemon=True).start()
main(["-H", "127.0.0.1", "-p", "0"])
