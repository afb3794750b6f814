-- Run once, when the database server is made: the three roles and the database, as platform/database.ts makes them elsewhere.
-- The owner migrates; the other two own nothing, and none is above row-level security.
\set ON_ERROR_STOP on
\getenv owner_password SHIGEYI_OWNER_PASSWORD
\getenv app_password SHIGEYI_APP_PASSWORD
\getenv worker_password SHIGEYI_WORKER_PASSWORD

create role shigeyi_owner with login nosuperuser nobypassrls nocreatedb nocreaterole noreplication password :'owner_password';
create role shigeyi_app with login nosuperuser nobypassrls nocreatedb nocreaterole noreplication password :'app_password';
create role shigeyi_worker with login nosuperuser nobypassrls nocreatedb nocreaterole noreplication password :'worker_password';

create database shigeyi owner shigeyi_owner;
revoke all on database shigeyi from public;
grant connect, temporary on database shigeyi to shigeyi_app, shigeyi_worker;
