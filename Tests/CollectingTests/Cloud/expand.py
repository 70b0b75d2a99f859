"""Expands a configuration of Deployment Manager as the service did: expand.py DEPLOYMENT.YAML PROJECT NAME writes JSON.

Imports are found as gcloud finds them: by their path beside the file that names them, and known by their name. A template gets its
properties with the defaults of its schema; one that is missing, unknown or of another type ends it.

Source: https://cloud.google.com/deployment-manager/docs/configuration/templates/create-basic-template and `using-schemas`.
"""

import json
import os
import sys
import types

import yaml

TYPES = {'string': str, 'array': list, 'boolean': bool, 'integer': int, 'object': dict}


class Expander:
    def __init__(self, project, deployment):
        self.project, self.deployment = project, deployment
        self.contents, self.schemas = {}, {}

    def take_imports(self, imports, folder):
        for entry in imports or []:
            path = os.path.normpath(os.path.join(folder, entry['path']))
            name = entry.get('name', entry['path'])
            if name in self.contents:
                continue
            with open(path, encoding='utf-8', newline='') as file:
                self.contents[name] = file.read()
            if not name.endswith(('.py', '.jinja')):
                continue
            schema = path + '.schema'
            if os.path.exists(schema):
                with open(schema, encoding='utf-8') as file:
                    self.schemas[name] = yaml.safe_load(file) or {}
                self.take_imports(self.schemas[name].get('imports'), os.path.dirname(schema))

    def properties(self, template, given):
        schema = self.schemas.get(template, {})
        known = schema.get('properties') or {}
        values = {name: rule['default'] for name, rule in known.items() if 'default' in rule}
        values.update(given or {})
        for name in schema.get('required', []):
            if name not in values:
                raise SystemExit('%s: the property %s is missing' % (template, name))
        for name, value in values.items():
            if schema.get('additionalProperties') is False and name not in known:
                raise SystemExit('%s: the schema has no property %s' % (template, name))
            kind = known.get(name, {}).get('type')
            if kind and not isinstance(value, TYPES[kind]):
                raise SystemExit('%s: the property %s is no %s' % (template, name, kind))
        return values

    def resources(self, template, name, given):
        env = {'project': self.project, 'deployment': self.deployment, 'name': name, 'type': template, 'project_number': '1'}
        properties = self.properties(template, given)
        if template.endswith('.py'):
            space = {}
            exec(compile(self.contents[template], template, 'exec'), space)
            context = types.SimpleNamespace(env=env, properties=properties, imports=self.contents)
            result = (space.get('GenerateConfig') or space['generate_config'])(context)
        else:
            import jinja2
            text = jinja2.Environment(undefined=jinja2.StrictUndefined).from_string(self.contents[template])
            result = yaml.safe_load(text.render(env=env, properties=properties, imports=self.contents))
        return self.expand(result)

    def expand(self, config):
        result = []
        for resource in config.get('resources') or []:
            if resource.get('type') in self.contents:
                result += self.resources(resource['type'], resource['name'], resource.get('properties'))
            else:
                result.append(resource)
        return result


def main(path, project, deployment):
    expander = Expander(project, deployment)
    with open(path, encoding='utf-8') as file:
        config = yaml.safe_load(file)
    expander.take_imports(config.get('imports'), os.path.dirname(path))
    resources = expander.expand(config)
    names = [resource['name'] for resource in resources]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SystemExit('two resources are named %s' % twice[0])
    json.dump(resources, sys.stdout)


main(*sys.argv[1:4])
