// Shows the specification; the server's content policy allows nothing inline and no other host.
window.ui = SwaggerUIBundle({
  url: "/api/v1/openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  docExpansion: "none",
  defaultModelsExpandDepth: -1,
  displayOperationId: true,
  filter: true,
  persistAuthorization: true,
  validatorUrl: null,
});
