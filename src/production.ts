// graphql checks every value twice while it believes itself under development.
// It looks once, when it is loaded: so this stands before every other import.
process.env["NODE_ENV"] ??= "production";
