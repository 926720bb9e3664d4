// Shows the API's document on the page of /api/docs. A file of its own, because the page's policy forbids inline scripts.
window.SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  validatorUrl: null,
});
