// Starts Swagger UI with this server's own description.
"use strict";
window.addEventListener("DOMContentLoaded", () => {
  SwaggerUIBundle({ url: "/api/v1/openapi.json", dom_id: "#swagger", deepLinking: false, validatorUrl: null });
});
