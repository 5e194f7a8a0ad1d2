const ServiceNow = require('servicenow-rest-api');
const instance = new ServiceNow('127.0.0.1:8443', 'sandbox.integration', 'sandbox-password');
const call = (name, ...args) => new Promise(done => instance[name](...args, done));
(async () => {
  const made = await call('createNewTask', {short_description: 'from Node', caller_id: 'Abel Tuter', state: 'In Progress'}, 'incident');
  console.log(made.number, made.state, made.caller_id);
  const updated = await call('UpdateTask', 'incident', made.number, {urgency: '1 - High'});
  console.log(updated.priority, updated.sys_mod_count);
  console.log(await call('getTableData', ['number', 'state', 'caller_id.name'], ['number=' + made.number], 'incident'));
  console.log((await call('getAllAttachmentsMetaData', 'incident')).length);
  const many = await call('getTableData', ['number'], ['number=' + made.number, 'active=true'], 'incident');
  console.log(Array.isArray(many) ? many : 'two filters: ' + many.message);
  console.log((await call('DeleteTask', 'incident', made.number)).status);
})();
